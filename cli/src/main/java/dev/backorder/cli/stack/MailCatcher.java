package dev.backorder.cli.stack;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server that delivers nowhere: each mail becomes one {@code .eml} file, streamed as it
 * arrives, a thousand to a folder. A mail is confirmed to the sender only when its file is complete
 * under its final name.
 */
public final class MailCatcher implements AutoCloseable {

  private static final int PER_FOLDER = 1000;
  private static final int MAX_MESSAGE_BYTES = 20 * 1024 * 1024;
  private static final int MAX_CONNECTIONS = 200;
  private static final int MAX_HEADER_BYTES = 32 * 1024;

  private final Path folder;
  private final MailIndex index;
  private final AtomicLong lastNumber;
  private final SMTPServer server;

  private MailCatcher(Path folder, int port) throws IOException {
    this.folder = folder;
    this.index = new MailIndex(folder);
    this.lastNumber = new AtomicLong(highestNumber(folder));
    this.server =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("localhost")
            .softwareName("backorder mail catcher")
            .maxConnections(MAX_CONNECTIONS)
            .maxMessageSize(MAX_MESSAGE_BYTES)
            .messageHandlerFactory(Catch::new)
            .build();
  }

  /** Starts to listen on this machine. */
  public static MailCatcher start(Path folder, int port) {
    try {
      Files.createDirectories(folder);
      MailCatcher catcher = new MailCatcher(folder, port);
      catcher.server.start();
      return catcher;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Mails caught in this folder, also by earlier runs. */
  public long count() {
    return lastNumber.get();
  }

  /** Stops listening; a mail that is being received is refused, so its sender tries again. */
  @Override
  public void close() {
    server.stop();
    index.close();
  }

  private static long highestNumber(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".eml"))
          .mapToLong(name -> Long.parseLong(name.substring(0, name.length() - 4)))
          .max()
          .orElse(0);
    }
  }

  /** One SMTP transaction. */
  private final class Catch implements MessageHandler {

    private String recipient = "";

    Catch(MessageContext context) {}

    @Override
    public void from(String from) {
      // Any sender will do.
    }

    @Override
    public void recipient(String address) {
      recipient = recipient.isEmpty() ? address : recipient + "," + address;
    }

    @Override
    public String data(InputStream data) throws IOException {
      long number = lastNumber.incrementAndGet();
      Path file =
          folder.resolve(
              String.format(Locale.ROOT, "%05d/%08d.eml", (number - 1) / PER_FOLDER, number));
      Files.createDirectories(file.getParent());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING))) {
        byte[] buffer = new byte[8192];
        for (int length = data.read(buffer); length >= 0; length = data.read(buffer)) {
          out.write(buffer, 0, length);
          head.write(
              buffer,
              0,
              Math.min(length, MAX_HEADER_BYTES - Math.min(MAX_HEADER_BYTES, head.size())));
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      index.add(number, recipient, head.toString(StandardCharsets.UTF_8), folder.relativize(file));
      return null;
    }

    @Override
    public void done() {
      // Nothing is held between mails.
    }
  }
}
