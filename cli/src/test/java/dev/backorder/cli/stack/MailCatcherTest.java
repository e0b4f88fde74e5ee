package dev.backorder.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.client.SmartClient;

class MailCatcherTest {

  private static final String MAIL =
      """
      From: Shop <shop@example.com>\r
      To: 17850@customers.example\r
      Message-ID: <fact-1@backorder>\r
      Subject: =?UTF-8?Q?Your_order_is_on_its_way_=E2=9C=94?=\r
      MIME-Version: 1.0\r
      Content-Type: multipart/alternative; boundary=b\r
      \r
      --b\r
      Content-Type: text/plain; charset=UTF-8\r
      \r
      Six lamps left today.\r
      --b\r
      Content-Type: text/html\r
      \r
      <p>Six lamps left today.</p>\r
      --b--\r
      """;

  @TempDir private Path folder;

  @Test
  void keeps_each_mail_as_a_file_and_goes_on_counting_after_a_restart() throws IOException {
    int port = freePort();
    try (MailCatcher catcher = MailCatcher.start(folder, port)) {
      send(port, MAIL);
      send(port, MAIL.replace("fact-1", "fact-2"));
      assertThat(catcher.count()).isEqualTo(2);
    }
    try (MailCatcher catcher = MailCatcher.start(folder, port)) {
      send(port, MAIL.replace("fact-1", "fact-3"));
      assertThat(catcher.count()).isEqualTo(3);
    }

    List<MailIndex.Mail> all = MailIndex.find(folder, mail -> true);
    assertThat(all)
        .extracting(MailIndex.Mail::messageId)
        .containsExactly("<fact-1@backorder>", "<fact-2@backorder>", "<fact-3@backorder>");
    assertThat(all.get(0).subject()).isEqualTo("Your order is on its way ✔");
    assertThat(all.get(0).recipient()).isEqualTo("17850@customers.example");
    assertThat(Files.readString(folder.resolve(all.get(2).file())))
        .contains("Six lamps left today.");
    assertThat(MailText.read(folder.resolve(all.get(0).file())))
        .containsExactly(
            "From: Shop <shop@example.com>",
            "To: 17850@customers.example",
            "Subject: Your order is on its way ✔",
            "",
            "Six lamps left today.");
  }

  @Test
  void a_folded_header_is_one_line() {
    assertThat(MailIndex.header("Subject: one\r\n two\r\nX: y\r\n\r\nSubject: body\r\n", "subject"))
        .isEqualTo("one two");
    assertThat(MailIndex.header("X: y\r\n\r\nSubject: body\r\n", "Subject")).isEmpty();
  }

  private static void send(int port, String mail) throws IOException {
    SmartClient client = SmartClient.createAndConnect("127.0.0.1", port, "test");
    client.from("shop@example.com");
    client.to("17850@customers.example");
    client.dataStart();
    byte[] bytes = mail.getBytes(StandardCharsets.UTF_8);
    client.dataWrite(bytes, bytes.length);
    client.dataEnd();
    client.quit();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
