package dev.backorder.notification.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.backorder.notification.message.model.MessageContent;

/** The form in which contents are stored. */
final class ContentJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();
  private static final ObjectWriter WRITER = JSON.writerFor(MessageContent.class);
  private static final ObjectReader READER = JSON.readerFor(MessageContent.class);

  private ContentJson() {}

  static String write(MessageContent content) {
    try {
      return WRITER.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("content of a message", e);
    }
  }

  static MessageContent read(String json) {
    try {
      return READER.readValue(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored content of a message", e);
    }
  }
}
