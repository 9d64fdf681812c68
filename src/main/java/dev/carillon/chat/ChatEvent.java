package dev.carillon.chat;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * Something that happened in the chat, in the one JSON shape that topics and HTTP share:
 * {@code type} says what it is, {@code id} names the message it is about, and what does
 * not apply is left out.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
sealed interface ChatEvent {

	/**
	 * A message.
	 *
	 * @param message the message
	 * @param reactions how many users reacted with which emoji, the oldest first
	 * @param mine the emoji with which the reader reacted; only in answers by HTTP
	 */
	@JsonTypeName("message")
	record Posted(@JsonUnwrapped Message message, Map<String, Long> reactions, List<String> mine) implements ChatEvent {

		Posted(Message message) {
			this(message, Map.of(), List.of());
		}

	}

	/**
	 * A message has a new text.
	 *
	 * @param message the message as it is now
	 */
	@JsonTypeName("edited")
	record Edited(@JsonUnwrapped Message message) implements ChatEvent {
	}

	/**
	 * A message is gone.
	 *
	 * @param message what is left of it
	 * @param by who deleted it
	 */
	@JsonTypeName("deleted")
	record Deleted(@JsonUnwrapped Message message, String by) implements ChatEvent {
	}

	/**
	 * Somebody reacted to a message or took that back.
	 *
	 * @param id the message
	 * @param room its room
	 * @param by who reacted
	 * @param emoji with what
	 * @param action whether it came or went
	 * @param reactions how many users react with which emoji now
	 */
	@JsonTypeName("reaction")
	record Reacted(long id, String room, String by, String emoji, Reaction action,
			@JsonInclude Map<String, Long> reactions) implements ChatEvent {
	}

	/**
	 * The user is mentioned in a message.
	 *
	 * @param message the message
	 */
	@JsonTypeName("mention")
	record Mentioned(@JsonUnwrapped Message message) implements ChatEvent {
	}

	/**
	 * A direct message.
	 *
	 * @param message the message
	 */
	@JsonTypeName("direct")
	record Direct(@JsonUnwrapped DirectMessage message) implements ChatEvent {
	}

	/**
	 * The user has read a room up to a message, on whichever device.
	 *
	 * @param room the room
	 * @param id the newest message that is read
	 */
	@JsonTypeName("read")
	record Read(String room, long id) implements ChatEvent {
	}

	/**
	 * Somebody is typing.
	 *
	 * @param room the room
	 * @param sender who
	 * @param at when, in milliseconds since 1970
	 */
	@JsonTypeName("typing")
	record Typing(String room, String sender, long at) implements ChatEvent {
	}

}
