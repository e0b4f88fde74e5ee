package dev.backorder.notification.message;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How mails look and who signs them. */
@ConfigMapping(prefix = "backorder.mail")
public interface MailSettings {
  /** Name of the shop, in the sender, the head of each mail and its signature. */
  @WithDefault("Backorder Shop")
  String brandName();

  /** Colour of the shop as {@code #rrggbb}. */
  @WithDefault("#1f5f8b")
  String brandColor();

  /** Address of the sender. */
  @WithDefault("orders@shop.example")
  String fromAddress();

  /** Where customers get help by mail; also the address for replies. */
  Optional<String> supportAddress();

  /** Address of the shop; linked in the foot of each mail. */
  Optional<String> storefrontUrl();

  /** BCP 47 language and region for customers who named none, or one that has no templates. */
  @WithDefault("en-GB")
  String language();

  /** Right-hand side of every Message-ID, and how we greet the mail server. */
  @WithDefault("shop.example")
  String domain();
}
