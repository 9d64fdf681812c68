package dev.carillon.http;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a poll.
 *
 * @param messages what came after the position asked for, oldest first
 * @param next the position to ask for next
 * @param recovered whether nothing after the position asked for is lost; absent if none
 * was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MessagePage(List<MessageBody> messages, String next, @Nullable Boolean recovered) {
}
