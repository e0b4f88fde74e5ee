package dev.backorder.notification.delivery;

import dev.backorder.notification.delivery.SendResult.Outcome;
import dev.backorder.notification.message.MailSettings;
import dev.backorder.notification.message.RenderedMail;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Hands mails to the mail server, and tells what its answers mean. Connections are kept and shared.
 *
 * <p>It uses the client of the mailer extension, not its {@code Mailer}: that one writes an empty
 * {@code Cc} header, and could be mocked by configuration.
 *
 * <p>No name of a customer goes into a header: the address stands alone, the subject is one line,
 * and all else is ours.
 */
@ApplicationScoped
class SmtpProvider {
  /**
   * Refusals of our credentials (RFC 4954): a setting of ours is wrong, not the customer's address.
   */
  private static final Set<Integer> CREDENTIALS_REFUSED = Set.of(530, 534, 535, 538);

  private static final Pattern ADDRESS = Pattern.compile("\\S*@\\S*");
  private static final Pattern UNQUOTABLE = Pattern.compile("[\"\\\\<>]+");
  private static final Pattern LINE_BREAKS = Pattern.compile("\\p{Cntrl}+");
  private static final int LONGEST_ANSWER = 200;

  private final MailClient client;
  private final Context loop;
  private final MailSettings mail;
  private final DeliverySettings settings;

  SmtpProvider(MailClient client, Vertx vertx, MailSettings mail, DeliverySettings settings) {
    this.client = client;
    this.loop = VertxContext.getRootContext(vertx.getOrCreateContext());
    this.mail = mail;
    this.settings = settings;
  }

  /**
   * What the mail server said.
   *
   * @param answer without addresses
   */
  record Answer(Outcome outcome, String answer) {}

  /** Sends a mail and waits for the answer, but not for ever. */
  Answer send(String address, String messageId, RenderedMail rendered, Instant date) {
    try {
      hand(message(address, messageId, rendered, date))
          .get(settings.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(Outcome.ACCEPTED, "250");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(Outcome.UNKNOWN, "no answer: interrupted");
    } catch (ExecutionException | TimeoutException | RuntimeException failure) {
      return answer(failure);
    }
  }

  /**
   * The client is called on one event loop only. Called on several threads at once, its pool may
   * connect on one loop for a caller on another, and the server's greeting is lost when it comes
   * before that caller listens: the mail is then never answered.
   */
  private CompletableFuture<MailResult> hand(MailMessage message) {
    CompletableFuture<MailResult> answer = new CompletableFuture<>();
    loop.runOnContext(
        onLoop -> {
          try {
            client
                .sendMail(message)
                .onSuccess(answer::complete)
                .onFailure(answer::completeExceptionally);
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  private MailMessage message(
      String address, String messageId, RenderedMail rendered, Instant date) {
    MailMessage message =
        new MailMessage()
            .setFrom(sender(mail.brandName(), mail.fromAddress()))
            .setTo(address)
            .setSubject(rendered.subject())
            .setText(rendered.text())
            .setHtml(rendered.html())
            .addHeader("Message-ID", messageId)
            .addHeader(
                "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)))
            .addHeader("Auto-Submitted", "auto-generated")
            .addHeader("Content-Language", rendered.languageCode());
    mail.supportAddress().ifPresent(reply -> message.addHeader("Reply-To", reply));
    return message;
  }

  /**
   * Name and address of the sender. A name in ASCII is quoted, so that no character of it means
   * anything; one beyond is encoded as a whole by the mail client, where quotes would be shown.
   */
  static String sender(String name, String address) {
    String plain = UNQUOTABLE.matcher(name).replaceAll(" ").strip();
    boolean ascii = plain.chars().allMatch(c -> c < 0x80);
    return (ascii ? '"' + plain + '"' : plain) + " <" + address + ">";
  }

  private static Answer answer(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SMTPException refusal) {
        return new Answer(outcome(refusal), words(refusal));
      }
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return new Answer(Outcome.FAILED, "no connection to the mail server");
      }
      if (cause instanceof IllegalArgumentException) {
        // The mail client could not read the address: it was not even tried.
        return new Answer(Outcome.REFUSED, "address not usable");
      }
    }
    return new Answer(Outcome.UNKNOWN, "no answer: " + failure.getClass().getSimpleName());
  }

  /**
   * Only a permanent answer about this recipient or this message is final. One about the sender,
   * the connection or the credentials is about us: it is tried again, or one wrong setting would
   * bounce everything.
   */
  private static Outcome outcome(SMTPException refusal) {
    String stage = String.valueOf(refusal.getMessage());
    boolean aboutRecipient =
        stage.startsWith("recipient address not accepted")
            || stage.startsWith("no recipient addresses were accepted")
            || stage.startsWith("sending data failed")
            || stage.startsWith("DATA command not accepted");
    boolean isFinal =
        refusal.isPermanent()
            && aboutRecipient
            && !CREDENTIALS_REFUSED.contains(refusal.getReplyCode());
    return isFinal ? Outcome.REFUSED : Outcome.FAILED;
  }

  /** The reply, without anything that looks like an address. */
  private static String words(SMTPException refusal) {
    String reply = String.valueOf(refusal.getReplyMessage());
    String line = LINE_BREAKS.matcher(ADDRESS.matcher(reply).replaceAll("…")).replaceAll(" ");
    return line.length() <= LONGEST_ANSWER ? line : line.substring(0, LONGEST_ANSWER);
  }
}
