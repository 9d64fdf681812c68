package dev.carillon.chat;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import dev.carillon.topic.Destination;
import dev.carillon.topic.Refusal;

/**
 * What users do in the chat, whichever way they came.
 * <p>
 * Each method checks the input and the rights, and returns when what was asked for is
 * stored and published. Blocks its caller for as long; the thread should be a cheap one.
 * Whoever waits longer than the accept timeout is refused without knowing whether the
 * change takes place; with a key it is safe to try again.
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

	ChatEvent send(Caller caller, String room, Draft draft) {
		Room target = this.rooms.writable(room, caller);
		int slowSeconds = target.hasRank(caller, Rank.MODERATOR) ? 0 : target.slowSeconds();
		Long replyTo = (draft.replyTo() != null) ? Input.id("replyTo", draft.replyTo()) : null;
		return await(new Change.Post(room, caller.name(), Input.text("text", draft.text()), replyTo,
				Input.key(draft.key()), slowSeconds));
	}

	ChatEvent edit(Caller caller, String room, @Nullable Long id, @Nullable String text) {
		this.rooms.writable(room, caller);
		return await(new Change.Edit(room, caller.name(), Input.id("id", id), Input.text("text", text)));
	}

	/**
	 * Deletes one's own message, or as a moderator anybody's.
	 */
	ChatEvent delete(Caller caller, String room, @Nullable Long id) {
		boolean moderator = this.rooms.readable(room, caller.signedIn()).hasRank(caller, Rank.MODERATOR);
		return await(new Change.Delete(room, caller.name(), Input.id("id", id), moderator ? null : caller.name()));
	}

	ChatEvent react(Caller caller, String room, @Nullable Long id, @Nullable String emoji, @Nullable Reaction action) {
		this.rooms.writable(room, caller);
		if (action == null) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "action must be add or remove");
		}
		return await(new Change.React(room, caller.name(), Input.id("id", id), Input.emoji(emoji), action));
	}

	/**
	 * Notes how far the caller has read.
	 */
	ChatEvent read(Caller caller, String room, @Nullable Long id) {
		this.rooms.readable(room, caller.signedIn());
		return await(new Change.Read(room, caller.name(), Input.id("id", id)));
	}

	/**
	 * Sends a message to one user.
	 */
	ChatEvent direct(Caller caller, @Nullable String to, Draft draft) {
		String sender = caller.signedIn().name();
		String recipient = Input.user("to", to);
		Destination.forUser(recipient, "/queue/chat");
		return await(new Change.Direct(sender, recipient, Input.text("text", draft.text()), Input.key(draft.key())));
	}

	private ChatEvent await(Change change) {
		CompletionStage<ChatEvent> event = this.writer.submit(change);
		try {
			return event.toCompletableFuture().get(this.acceptTimeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw Refusal.of(ex);
		}
		catch (TimeoutException _) {
			throw Database.unavailable();
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			throw Database.unavailable();
		}
	}

}
