package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cloudcrowd.itests.s3.S3Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Actions that split and merge, with their files in a bucket of a real S3 server. */
class FilesLieOnS3 {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension final Crowd crowd = new Crowd();

  private static void run(String... command) throws Exception {
    var process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as("%s", List.of(command)).isZero();
  }

  @Test
  void betweenStagesAndForClientsAndNothingIsLeftAfterDelete() throws Exception {
    try (var s3 = new S3Server()) {
      crowd.configure("org.cloudcrowd.assets.cfg", "storage", "s3");
      crowd.configure("org.cloudcrowd.assets.s3.cfg", "s3_bucket", S3Server.BUCKET);
      crowd.configure("org.cloudcrowd.assets.s3.cfg", "s3_endpoint", s3.endpoint().toString());
      crowd.environment("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY);
      crowd.environment("AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
      crowd.ship("process-pdfs");
      // What lies in the bucket is fetched though no address may be.
      crowd.configure("org.cloudcrowd.inputs.cfg", "addresses", "");
      var up = crowd.up();
      var pdf = crowd.folder().resolve("paper.pdf");
      run(
          "gs",
          "-q",
          "-sDEVICE=pdfwrite",
          "-o",
          pdf.toString(),
          "-c",
          "<< /PageSize [200 100] >> setpagedevice 1 1 3 { pop /Helvetica findfont 9 scalefont"
              + " setfont 20 20 moveto (text) show showpage } for");

      var submitted =
          crowd.run(
              "submit",
              "process_pdfs",
              pdf.toString(),
              "--options",
              "{\"batch_size\": 2, \"images\": [{\"name\": \"small\", \"options\": \"-resize 50x\","
                  + " \"extension\": \"gif\"}]}",
              "--server",
              up.url().toString(),
              "--wait",
              "--json");

      assertThat(submitted.exitCode()).as(submitted.err() + submitted.out()).isZero();
      var job = new ObjectMapper().readTree(submitted.out());
      var link = job.get("outputs").get(0).textValue();
      assertThat(link).startsWith(s3.endpoint() + "/assets/process_pdfs/job_").contains("X-Amz-");
      var archive = crowd.folder().resolve("processed_pdfs.tar");
      var answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofFile(archive));
      assertThat(answer.statusCode()).isEqualTo(200);
      var out = Files.createDirectory(crowd.folder().resolve("out"));
      run("tar", "-xzf", archive.toString(), "-C", out.toString());
      assertThat(out.resolve("paper/text/pages/paper_3.txt")).exists();
      assertThat(out.resolve("paper/images/small/paper_1.gif")).exists();
      assertThat(s3.objects()).hasSize(5);
      assertThat(crowd.conf().resolve("data/assets")).doesNotExist();

      up.client().delete(job.get("id").longValue());
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(s3.objects()).isEmpty());
      // Neither are inputs left on the node.
      var inputs = crowd.conf().resolve("data/node/inputs");
      await().atMost(PATIENCE).until(() -> !Files.exists(inputs) || isEmpty(inputs));
      assertThat(Files.readString(crowd.conf().resolve("data/log/crowd.log")))
          .doesNotContain(S3Server.SECRET_KEY)
          .doesNotContain("X-Amz-Signature");
    }
  }

  private static boolean isEmpty(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }
}
