package dev.carillon.chat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.carillon.chat.ChatEvent.Deleted;
import dev.carillon.chat.ChatEvent.Edited;
import dev.carillon.chat.ChatEvent.Mentioned;
import dev.carillon.chat.ChatEvent.Posted;
import dev.carillon.chat.ChatEvent.Reacted;
import dev.carillon.chat.GroupCommit.Result;
import dev.carillon.chat.Outcome.Announcement;
import dev.carillon.chat.ReactionStore.ReactionCount;
import dev.carillon.topic.Destination;
import dev.carillon.topic.Refusal;

/**
 * Applies a group of changes to the stores, inside the transaction of the caller.
 * <p>
 * New messages get their ids in the order in which they were submitted. A change that is
 * refused leaves the others alone. A key that its sender used before yields the first
 * message and announces nothing, for as long as that message is kept. One thread.
 */
final class Ledger {

	/** How many different emoji one message may have. */
	static final int MAX_EMOJI = 20;

	private final MessageStore messages;

	private final ReactionStore reactions;

	private final DirectStore directs;

	private final ReadPositions positions;

	private final RoomAccess access;

	private final Clock clock;

	Ledger(MessageStore messages, ReactionStore reactions, DirectStore directs, ReadPositions positions,
			RoomAccess access, Clock clock) {
		this.messages = messages;
		this.reactions = reactions;
		this.directs = directs;
		this.positions = positions;
		this.access = access;
		this.clock = clock;
	}

	/**
	 * Applies the changes.
	 * @return what came of each, in the same order
	 */
	List<Result<Outcome>> apply(List<Change> changes, SlowMode slowMode) {
		return new Group(changes, slowMode).apply();
	}

	/**
	 * Whether a message of an earlier group is in the database.
	 */
	boolean isStored(Outcome outcome) {
		return switch (outcome.event()) {
			case Posted posted -> this.messages.exists(posted.message().id());
			case ChatEvent.Direct direct -> this.directs.exists(direct.message().id());
			default -> false;
		};
	}

	/**
	 * One group on its way: messages are gathered and inserted together.
	 */
	private final class Group {

		private final List<Change> changes;

		private final SlowMode slowMode;

		private final long now = Ledger.this.clock.millis();

		private final Map<SenderKey, Message> known;

		private final Map<Integer, Change.Post> waiting = new LinkedHashMap<>();

		private final Map<Integer, Result<Outcome>> results = new TreeMap<>();

		Group(List<Change> changes, SlowMode slowMode) {
			this.changes = changes;
			this.slowMode = slowMode;
			List<SenderKey> keys = new ArrayList<>();
			for (Change change : changes) {
				if (change instanceof Change.Post post && post.key() != null) {
					keys.add(new SenderKey(post.sender(), post.key()));
				}
			}
			this.known = Ledger.this.messages.find(keys);
		}

		List<Result<Outcome>> apply() {
			for (int i = 0; i < this.changes.size(); i++) {
				try {
					apply(i, this.changes.get(i));
				}
				catch (Refusal refusal) {
					this.results.put(i, new Result.Refused<>(refusal));
				}
			}
			insertWaiting();
			return List.copyOf(this.results.values());
		}

		private void apply(int i, Change change) {
			switch (change) {
				case Change.Post post -> post(i, post);
				case Change.Edit edit -> done(i, edit(edit));
				case Change.Delete delete -> done(i, delete(delete));
				case Change.React react -> done(i, react(react));
				case Change.Read read -> done(i, read(read));
				case Change.Direct direct -> done(i, direct(direct));
			}
		}

		private void done(int i, Outcome outcome) {
			this.results.put(i, new Result.Done<>(outcome));
		}

		private void post(int i, Change.Post post) {
			if (this.waiting.values().stream().anyMatch((other) -> isSame(other, post))) {
				insertWaiting();
			}
			Message first = (post.key() != null) ? this.known.get(new SenderKey(post.sender(), post.key())) : null;
			if (first != null) {
				done(i, repeated(post, first));
				return;
			}
			if (post.replyTo() != null && Ledger.this.messages.find(post.room(), post.replyTo()).isEmpty()) {
				throw new Refusal(Refusal.Code.BAD_VALUE,
						"replyTo " + post.replyTo() + " is no message of " + post.room());
			}
			this.slowMode.admit(post, this.now);
			this.waiting.put(i, post);
		}

		private static boolean isSame(Change.Post one, Change.Post other) {
			return other.key() != null && other.key().equals(one.key()) && other.sender().equals(one.sender());
		}

		private static Outcome repeated(Change.Post post, Message first) {
			if (!first.room().equals(post.room())) {
				throw new Refusal(Refusal.Code.CONFLICT, "message-key was used for a message in another room");
			}
			return new Outcome(new Posted(first), List.of());
		}

		private void insertWaiting() {
			List<Message> inserted = Ledger.this.messages.insert(List.copyOf(this.waiting.values()), this.now);
			int next = 0;
			for (int i : this.waiting.keySet()) {
				Message message = inserted.get(next++);
				if (message.key() != null) {
					this.known.put(new SenderKey(message.sender(), message.key()), message);
				}
				done(i, posted(message));
			}
			this.waiting.clear();
		}

		private Outcome posted(Message message) {
			List<Announcement> announcements = new ArrayList<>();
			announcements.add(new Announcement(topic(message.room()), new Posted(message)));
			for (String user : Mentions.in(String.valueOf(message.text()))) {
				if (!user.equals(message.sender()) && Ledger.this.access.mayRead(message.room(), user)) {
					announcements
						.add(new Announcement(Destination.forUser(user, "/queue/mentions"), new Mentioned(message)));
				}
			}
			return new Outcome(new Posted(message), announcements);
		}

		private Outcome edit(Change.Edit edit) {
			Message message = require(edit.room(), edit.id());
			requireAuthor(message, edit.sender());
			if (edit.text().equals(message.text())) {
				return new Outcome(new Edited(message), List.of());
			}
			Message edited = message.edited(edit.text(), this.now);
			Ledger.this.messages.edit(edit.id(), edit.text(), this.now);
			return toRoom(edit.room(), new Edited(edited));
		}

		private Outcome delete(Change.Delete delete) {
			Message message = require(delete.room(), delete.id());
			if (delete.whose() != null) {
				requireAuthor(message, delete.whose());
			}
			Message deleted = message.deleted(this.now);
			Ledger.this.reactions.clear(delete.id());
			Ledger.this.messages.delete(delete.id(), this.now);
			return toRoom(delete.room(), new Deleted(deleted, delete.by()));
		}

		private Outcome react(Change.React react) {
			require(react.room(), react.id());
			ReactionStore store = Ledger.this.reactions;
			boolean changed = switch (react.action()) {
				case ADD -> store.add(react.id(), react.emoji(), react.by(), this.now);
				case REMOVE -> store.remove(react.id(), react.emoji(), react.by());
			};
			Map<String, Long> counts = new LinkedHashMap<>();
			for (ReactionCount count : store.of(List.of(react.id()), null).getOrDefault(react.id(), List.of())) {
				counts.put(count.emoji(), count.users());
			}
			if (counts.size() > MAX_EMOJI) {
				store.remove(react.id(), react.emoji(), react.by());
				throw new Refusal(Refusal.Code.LIMIT_REACHED,
						"A message may have " + MAX_EMOJI + " different emoji; it has them already");
			}
			ChatEvent event = new Reacted(react.id(), react.room(), react.by(), react.emoji(), react.action(), counts);
			return changed ? toRoom(react.room(), event) : new Outcome(event, List.of());
		}

		private Outcome read(Change.Read read) {
			long id = Ledger.this.messages.newest(read.room(), read.id());
			ChatEvent event = new ChatEvent.Read(read.room(), id);
			boolean moved = Ledger.this.positions.advance(read.user(), read.room(), id);
			return new Outcome(event, moved ? List.of(new Announcement(queue(read.user()), event)) : List.of());
		}

		private Outcome direct(Change.Direct direct) {
			Optional<DirectMessage> first = (direct.key() != null)
					? Ledger.this.directs.find(new SenderKey(direct.sender(), direct.key())) : Optional.empty();
			if (first.isPresent()) {
				if (!first.get().to().equals(direct.to())) {
					throw new Refusal(Refusal.Code.CONFLICT, "message-key was used for a message to somebody else");
				}
				return new Outcome(new ChatEvent.Direct(first.get()), List.of());
			}
			ChatEvent event = new ChatEvent.Direct(Ledger.this.directs.insert(direct, this.now));
			List<Announcement> announcements = new ArrayList<>();
			announcements.add(new Announcement(queue(direct.to()), event));
			if (!direct.to().equals(direct.sender())) {
				announcements.add(new Announcement(queue(direct.sender()), event));
			}
			return new Outcome(event, announcements);
		}

		private Message require(String room, long id) {
			return Ledger.this.messages.find(room, id)
				.filter((message) -> message.deletedAt() == null)
				.orElseThrow(() -> new Refusal(Refusal.Code.NOT_FOUND, "id " + id + " is no message of " + room));
		}

		private static void requireAuthor(Message message, String user) {
			if (!message.sender().equals(user)) {
				throw new Refusal(Refusal.Code.ACCESS_DENIED,
						"id " + message.id() + " is a message of " + message.sender());
			}
		}

		private static Outcome toRoom(String room, ChatEvent event) {
			return new Outcome(event, List.of(new Announcement(topic(room), event)));
		}

		private static Destination topic(String room) {
			return Destination.of("/topic/chat." + room);
		}

		private static Destination queue(String user) {
			return Destination.forUser(user, "/queue/chat");
		}

	}

}
