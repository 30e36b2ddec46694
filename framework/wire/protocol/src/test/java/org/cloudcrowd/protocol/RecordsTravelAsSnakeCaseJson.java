package org.cloudcrowd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.FailureReason;
import org.cloudcrowd.protocol.node.HeartbeatReply;
import org.cloudcrowd.protocol.node.ResultReport;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.junit.jupiter.api.Test;

class RecordsTravelAsSnakeCaseJson {
  private final ObjectMapper json = WireJson.newMapper();

  @Test
  void aResultKeepsItsLeaseAndLeavesOutWhatIsNull() throws Exception {
    var result =
        new ResultReport.Result(
            new Lease(7, 2, "secret"),
            Stage.MERGE,
            Status.FAILED,
            null,
            FailureReason.TIMED_OUT,
            "no such file",
            4711,
            "1.2.0",
            0.25);
    var report = new ResultReport("localhost:9063", 4, List.of(result), null);

    var text = json.writeValueAsString(report);

    assertThat(text)
        .isEqualTo(
            "{\"node\":\"localhost:9063\",\"capacity\":4,\"results\":[{\"lease\":"
                + "{\"work_unit_id\":7,\"attempt\":2,\"token\":\"secret\"},\"stage\":\"merging\",\"status\":\"failed\",\"reason\":\"timed_out\",\"message\":\"no"
                + " such file\",\"worker\":4711,\"version\":\"1.2.0\",\"time\":0.25}]}");
    assertThat(json.readValue(text, ResultReport.class)).isEqualTo(report);
  }

  @Test
  void aFieldOfALaterVersionIsIgnored() throws Exception {
    assertThat(
            json.readValue(
                "{\"lease_seconds\":15,\"revoked\":[3],\"mood\":\"good\"}", HeartbeatReply.class))
        .isEqualTo(new HeartbeatReply(15, null, List.of(3L), null, null));
  }

  @Test
  void aLeaseDoesNotShowItsTokenInALog() {
    assertThat(new Lease(7, 2, "secret")).hasToString("work unit 7 (attempt 2)");
  }

  @Test
  void nestingStringsAndRepeatedKeysAreBounded() {
    assertThatThrownBy(() -> json.readTree("[".repeat(WireJson.MAX_DEPTH + 1)))
        .isInstanceOf(StreamConstraintsException.class);
    assertThatThrownBy(
            () -> json.readTree('"' + "a".repeat(WireJson.MAX_STRING_CHARACTERS + 1) + '"'))
        .isInstanceOf(StreamConstraintsException.class);
    assertThatThrownBy(() -> json.readTree("{\"a\":1,\"a\":2}"))
        .isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> json.readTree("{} {}")).isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void theIntegersAreThoseOfTheOriginalAndTwoOfOurs() {
    assertThat(Status.values()).extracting(Status::code).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(Status.values())
        .filteredOn(Status::isComplete)
        .containsExactly(Status.SUCCEEDED, Status.FAILED, Status.CANCELLED);
  }
}
