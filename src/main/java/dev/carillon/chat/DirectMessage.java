package dev.carillon.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A message from one user to another, as it is stored.
 *
 * @param id rises over all direct messages
 * @param sender the name of its author
 * @param to the name of its recipient
 * @param text the text
 * @param sentAt when it was stored, in milliseconds since 1970
 * @param key what the sender named it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DirectMessage(long id, String sender, String to, String text, long sentAt, @Nullable String key) {
}
