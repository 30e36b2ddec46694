package org.cloudcrowd.action.fetchurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.testkit.ActionTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatIsFetchedIsKeptAndTold {
  private static final String SHA_256_OF_HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @TempDir Path folder;
  private ActionTester tester;

  @BeforeEach
  void open() throws IOException {
    tester = new ActionTester(new FetchUrl());
  }

  @AfterEach
  void close() throws IOException {
    tester.close();
  }

  private Path hello() throws IOException {
    return Files.writeString(folder.resolve("hello.txt"), "hello");
  }

  @Test
  void itsSizeAndChecksumAreToldAndItIsKept() throws IOException {
    var told = (Map<?, ?>) tester.process(hello());

    assertThat(told.get("name")).isEqualTo("hello.txt");
    assertThat(told.get("size")).hasToString("5");
    assertThat(told.get("sha256")).isEqualTo(SHA_256_OF_HELLO);
    assertThat(Path.of(URI.create((String) told.get("url")))).hasContent("hello");
  }

  @Test
  void itIsOnlyToldWhereItIsNotToBeKept() throws IOException {
    var told = (Map<?, ?>) tester.option("keep", false).process(hello());

    assertThat(told.get("sha256")).isEqualTo(SHA_256_OF_HELLO);
    assertThat(told.containsKey("url")).isFalse();
    assertThat(tester.saved()).doesNotExist();
  }

  @Test
  void whatIsNoUrlIsRefused() {
    assertThatThrownBy(() -> tester.process("hello"))
        .isInstanceOf(ActionFailure.class)
        .hasMessageContaining("the input is no URL");
  }
}
