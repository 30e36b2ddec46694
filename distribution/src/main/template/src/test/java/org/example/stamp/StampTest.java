package org.example.stamp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.cloudcrowd.action.testkit.ActionTester;
import org.junit.jupiter.api.Test;

class StampTest {
  @Test
  void aTextIsStampedAsOftenAsTold() throws Exception {
    try (var tester = new ActionTester(new Stamp())) {
      tester.option("stamp_text", "!").option("times", 3);

      assertEquals("done!!!", tester.process("done"));
    }
  }
}
