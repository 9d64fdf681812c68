package dev.carillon.chat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What users do in the chat, whichever way they came.
 * <p>
 * Each method checks the input and the rights at once; what it returns completes when the
 * change is stored and published, or with a {@link Refusal}. Nothing blocks. What takes
 * longer than the accept timeout is refused without anybody knowing whether it takes
 * place; with a key it is safe to try again.
 */
final class Chat {

	private final Rooms rooms;

	private final MessageWriter writer;

	private final Duration acceptTimeout;

	Chat(Rooms rooms, MessageWriter writer, Duration acceptTimeout) {
		this.rooms = rooms;
		this.writer = writer;
		this.acceptTimeout = acceptTimeout;
	}

	/**
	 * What somebody says.
	 *
	 * @param text the text
	 * @param replyTo the message it answers, if any
	 * @param key names the message for its sender, who may then send it again
	 */
	record Draft(@Nullable String text, @Nullable Long replyTo, @Nullable String key) {
	}

	CompletionStage<ChatEvent> send(Caller caller, String room, Draft draft) {
		Room target = this.rooms.writable(room, caller);
		int slowSeconds = target.hasRank(caller, Rank.MODERATOR) ? 0 : target.slowSeconds();
		Long replyTo = (draft.replyTo() != null) ? Input.id("replyTo", draft.replyTo()) : null;
		return submit(new Change.Post(room, caller.name(), Input.text("text", draft.text()), replyTo,
				Input.key(draft.key()), slowSeconds));
	}

	CompletionStage<ChatEvent> edit(Caller caller, String room, @Nullable Long id, @Nullable String text) {
		this.rooms.writable(room, caller);
		return submit(new Change.Edit(room, caller.name(), Input.id("id", id), Input.text("text", text)));
	}

	/**
	 * Deletes one's own message, or as a moderator anybody's.
	 */
	CompletionStage<ChatEvent> delete(Caller caller, String room, @Nullable Long id) {
		boolean moderator = this.rooms.readable(room, caller.signedIn()).hasRank(caller, Rank.MODERATOR);
		return submit(new Change.Delete(room, caller.name(), Input.id("id", id), moderator ? null : caller.name()));
	}

	CompletionStage<ChatEvent> react(Caller caller, String room, @Nullable Long id, @Nullable String emoji,
			@Nullable Reaction action) {
		this.rooms.writable(room, caller);
		if (action == null) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "action must be add or remove");
		}
		return submit(new Change.React(room, caller.name(), Input.id("id", id), Input.emoji(emoji), action));
	}

	/**
	 * Notes how far the caller has read.
	 */
	CompletionStage<ChatEvent> read(Caller caller, String room, @Nullable Long id) {
		this.rooms.readable(room, caller.signedIn());
		return submit(new Change.Read(room, caller.name(), Input.id("id", id)));
	}

	/**
	 * Sends a message to one user.
	 */
	CompletionStage<ChatEvent> direct(Caller caller, @Nullable String to, Draft draft) {
		String sender = caller.signedIn().name();
		String recipient = Input.user("to", to);
		Destination.forUser(recipient, "/queue/chat");
		return submit(new Change.Direct(sender, recipient, Input.text("text", draft.text()), Input.key(draft.key())));
	}

	private CompletionStage<ChatEvent> submit(Change change) {
		return this.writer.submit(change)
			.toCompletableFuture()
			.copy()
			.orTimeout(this.acceptTimeout.toMillis(), TimeUnit.MILLISECONDS)
			.exceptionallyCompose((failure) -> CompletableFuture
				.failedFuture((failure instanceof TimeoutException) ? Database.unavailable() : Refusal.of(failure)));
	}

}
