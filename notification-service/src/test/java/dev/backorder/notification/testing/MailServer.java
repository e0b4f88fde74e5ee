package dev.backorder.notification.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * A real SMTP server (GreenMail) behind a door that can be closed, and that plays tricks on some
 * recipients by the beginning of their address: {@code bounce} is refused for good, {@code busy}
 * for now, {@code nosender} refuses our sender, {@code lost} is taken but the answer gets lost,
 * {@code silent} is never answered.
 */
public final class MailServer {
  private static final String ANY_PORT = "127.0.0.1";
  private static MailServer server;

  private final int port;
  private final GreenMail greenMail;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket door;

  private MailServer(int port) {
    this.port = port;
    this.greenMail = new GreenMail(new ServerSetup(0, ANY_PORT, ServerSetup.PROTOCOL_SMTP));
    greenMail.start();
  }

  /** The server; the first call starts it where the application expects it. */
  public static synchronized MailServer get() {
    if (server == null) {
      server =
          new MailServer(ConfigProvider.getConfig().getValue("quarkus.mailer.port", Integer.class));
    }
    return server;
  }

  /** Opens the door and throws away all mails. */
  public void reset() {
    open();
    try {
      greenMail.purgeEmailFromAllMailboxes();
    } catch (com.icegreen.greenmail.store.FolderException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything that was taken, in the order in which it was. */
  public List<MimeMessage> mails() {
    return List.of(greenMail.getReceivedMessages());
  }

  /** What was taken for one recipient, in the order in which it was. */
  public List<MimeMessage> mailsTo(String address) {
    return mails().stream().filter(mail -> isTo(mail, address)).toList();
  }

  /** Refuses connections from now on, and breaks those that are open. */
  public synchronized void close() {
    try {
      if (door != null) {
        door.close();
        door = null;
      }
      for (Socket socket : sockets) {
        socket.close();
      }
      sockets.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes connections again. */
  public synchronized void open() {
    if (door != null) {
      return;
    }
    try {
      door = new ServerSocket();
      door.setReuseAddress(true);
      door.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ServerSocket opened = door;
    start("door", () -> admit(opened));
  }

  private void admit(ServerSocket opened) throws IOException {
    while (true) {
      Socket client = opened.accept();
      Socket inner = new Socket(InetAddress.getLoopbackAddress(), greenMail.getSmtp().getPort());
      sockets.add(client);
      sockets.add(inner);
      Conversation conversation = new Conversation(client, inner);
      start("to-client", conversation::answers);
      start("to-server", conversation::commands);
    }
  }

  private static boolean isTo(MimeMessage mail, String address) {
    try {
      return Arrays.stream(mail.getAllRecipients())
          .anyMatch(recipient -> recipient.toString().equals(address));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Io {
    void run() throws IOException;
  }

  private static void start(String name, Io work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The other side has hung up, or the door was closed.
              }
            },
            "mail-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection: lines go through, but for the tricks. */
  private static final class Conversation {
    private final Socket client;
    private final Socket inner;
    private volatile String recipient = "";
    private volatile boolean swallow;

    Conversation(Socket client, Socket inner) {
      this.client = client;
      this.inner = inner;
    }

    void commands() throws IOException {
      try (client;
          inner) {
        boolean inData = false;
        for (String line = read(client); line != null; line = read(client)) {
          String command = line.toUpperCase(Locale.ROOT);
          if (inData) {
            inData = !line.equals(".");
            swallow = !inData && (recipient.startsWith("lost") || recipient.startsWith("silent"));
          } else if (command.startsWith("RCPT TO:")) {
            recipient = line.substring(line.indexOf('<') + 1);
            String refusal = refusal(recipient);
            if (!refusal.isEmpty()) {
              write(client, refusal);
              continue;
            }
          } else if (command.equals("DATA")) {
            inData = true;
          }
          write(inner, line);
        }
      }
    }

    void answers() throws IOException {
      for (String line = read(inner); line != null; line = read(inner)) {
        if (!swallow) {
          write(client, line);
        } else if (recipient.startsWith("lost")) {
          client.close();
        }
      }
    }

    private static String refusal(String recipient) {
      if (recipient.startsWith("bounce")) {
        return "550 5.1.1 <" + recipient + " no such mailbox";
      }
      if (recipient.startsWith("busy")) {
        return "451 4.3.0 try again later";
      }
      if (recipient.startsWith("nosender")) {
        return "530 5.7.0 authentication required";
      }
      return "";
    }

    private final ConcurrentHashMap<Socket, BufferedReader> readers = new ConcurrentHashMap<>();

    private String read(Socket socket) throws IOException {
      BufferedReader reader = readers.get(socket);
      if (reader == null) {
        reader =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        readers.put(socket, reader);
      }
      return reader.readLine();
    }

    private static void write(Socket socket, String line) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }
}
