package dev.carillon.chat;

import java.util.concurrent.CompletionStage;

import dev.carillon.chat.Chat.Draft;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;

/**
 * The chat over STOMP. A RECEIPT says that what it confirms is stored and will not be
 * lost. Guests are users, too, so there always is one.
 */
@Controller
class ChatController {

	private static final int LONGEST_MUTE = 30 * 24 * 3_600;

	private final Chat chat;

	private final RoomChanges changes;

	private final Typing typing;

	ChatController(Chat chat, RoomChanges changes, Typing typing) {
		this.chat = chat;
		this.changes = changes;
		this.typing = typing;
	}

	/** What is sent to {@code /app/chat.<room>.send}. */
	record Send(@Nullable String text, @Nullable Long replyTo) {
	}

	/** What is sent to {@code /app/chat.<room>.edit}. */
	record Edit(@Nullable Long id, @Nullable String text) {
	}

	/** What is sent to {@code /app/chat.<room>.delete} and {@code .read}. */
	record Target(@Nullable Long id) {
	}

	/** What is sent to {@code /app/chat.<room>.react}. */
	record React(@Nullable Long id, @Nullable String emoji, @Nullable Reaction action) {
	}

	/** What is sent to {@code /app/chat.direct}. */
	record Direct(@Nullable String to, @Nullable String text) {
	}

	/** What is sent to {@code /app/chat.<room>.slow}. */
	record Slow(@Nullable Integer seconds) {
	}

	/** What is sent to {@code /app/chat.<room>.mute}. */
	record Mute(@Nullable String user, @Nullable Integer seconds) {
	}

	@MessageMapping("chat.{room}.send")
	CompletionStage<?> send(@DestinationVariable String room, @Payload Send message,
			@Header(name = "message-key", required = false) @Nullable String key, Authentication user) {
		return this.chat.send(Caller.of(user), room, new Draft(message.text(), message.replyTo(), key));
	}

	@MessageMapping("chat.{room}.edit")
	CompletionStage<?> edit(@DestinationVariable String room, @Payload Edit edit, Authentication user) {
		return this.chat.edit(Caller.of(user), room, edit.id(), edit.text());
	}

	@MessageMapping("chat.{room}.delete")
	CompletionStage<?> delete(@DestinationVariable String room, @Payload Target target, Authentication user) {
		return this.chat.delete(Caller.of(user), room, target.id());
	}

	@MessageMapping("chat.{room}.react")
	CompletionStage<?> react(@DestinationVariable String room, @Payload React react, Authentication user) {
		return this.chat.react(Caller.of(user), room, react.id(), react.emoji(), react.action());
	}

	@MessageMapping("chat.{room}.typing")
	void typing(@DestinationVariable String room, Authentication user) {
		this.typing.typing(Caller.of(user), room);
	}

	@MessageMapping("chat.{room}.read")
	CompletionStage<?> read(@DestinationVariable String room, @Payload Target target, Authentication user) {
		return this.chat.read(Caller.of(user), room, target.id());
	}

	@MessageMapping("chat.direct")
	CompletionStage<?> direct(@Payload Direct message,
			@Header(name = "message-key", required = false) @Nullable String key, Authentication user) {
		return this.chat.direct(Caller.of(user), message.to(), new Draft(message.text(), null, key));
	}

	@MessageMapping("chat.{room}.slow")
	void slow(@DestinationVariable String room, @Payload Slow slow, Authentication user) {
		int seconds = Input.number("seconds", slow.seconds(), 0, (int) SlowMode.LONGEST.toSeconds());
		this.changes.slow(Caller.of(user), room, seconds);
	}

	@MessageMapping("chat.{room}.mute")
	void mute(@DestinationVariable String room, @Payload Mute mute, Authentication user) {
		this.changes.mute(Caller.of(user), room, Input.user("user", mute.user()),
				Input.number("seconds", mute.seconds(), 0, LONGEST_MUTE));
	}

}
