package dev.carillon.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.chat.ChatEvent.Posted;
import dev.carillon.chat.ReactionStore.ReactionCount;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was said, page by page.
 * <p>
 * Pages are cut by the ids of messages, so that what is written meanwhile shifts nothing.
 * Deleted messages keep their place without their text. Blocks.
 */
final class History {

	/** How many messages a page has if nobody says otherwise. */
	static final int DEFAULT_PAGE = 50;

	/** How many messages a page has at most. */
	static final int LARGEST_PAGE = 200;

	private final Database database;

	private final MessageStore messages;

	private final ReactionStore reactions;

	private final DirectStore directs;

	private final int searchDepth;

	History(Database database, MessageStore messages, ReactionStore reactions, DirectStore directs, int searchDepth) {
		this.database = database;
		this.messages = messages;
		this.reactions = reactions;
		this.directs = directs;
		this.searchDepth = searchDepth;
	}

	/**
	 * Some messages in the order of their ids.
	 *
	 * @param messages the messages, the oldest first
	 * @param before what to ask for next when paging back; absent when there is nothing
	 * older
	 * @param after what to ask for next when paging forward; absent when there is nothing
	 * newer
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Page(List<ChatEvent> messages, @Nullable Long before, @Nullable Long after) {
	}

	/**
	 * The newest messages before an id.
	 * @param before the id, or null for the newest of all
	 */
	Page before(Caller caller, String room, @Nullable Long before, int limit) {
		return this.database.read(() -> {
			List<Message> found = this.messages.before(room, start(before), limit + 1);
			return back(found, limit, Message::id, (part) -> events(caller, part));
		});
	}

	/**
	 * The oldest messages after an id.
	 */
	Page after(Caller caller, String room, long after, int limit) {
		return this.database.read(() -> {
			List<Message> found = this.messages.after(room, after, limit + 1);
			List<Message> part = found.subList(0, Math.min(limit, found.size()));
			return new Page(events(caller, part), null, (part.size() < found.size()) ? part.getLast().id() : null);
		});
	}

	/**
	 * The newest messages before an id that contain a text, whatever its case.
	 */
	Page search(Caller caller, String room, String query, @Nullable Long before, int limit) {
		return this.database.read(() -> {
			List<Message> found = this.messages.search(room, query, start(before), this.searchDepth, limit + 1);
			return back(found, limit, Message::id, (part) -> events(caller, part));
		});
	}

	/**
	 * The newest messages before an id between the caller and another user.
	 */
	Page direct(Caller caller, String other, @Nullable Long before, int limit) {
		return this.database.read(() -> {
			List<DirectMessage> found = this.directs.before(caller.name(), other, start(before), limit + 1);
			return back(found, limit, DirectMessage::id,
					(part) -> part.stream().<ChatEvent>map(ChatEvent.Direct::new).toList());
		});
	}

	private static long start(@Nullable Long before) {
		return (before != null) ? before : MessageStore.NEWEST;
	}

	private static <T> Page back(List<T> found, int limit, ToLongFunction<T> id,
			Function<List<T>, List<ChatEvent>> events) {
		List<T> part = found.subList(Math.max(0, found.size() - limit), found.size());
		return new Page(events.apply(part), (part.size() < found.size()) ? id.applyAsLong(part.getFirst()) : null,
				null);
	}

	private List<ChatEvent> events(Caller caller, List<Message> part) {
		Map<Long, List<ReactionCount>> reactions = this.reactions.of(part.stream().map(Message::id).toList(),
				caller.nameOrNull());
		return part.stream()
			.<ChatEvent>map((message) -> posted(message, reactions.getOrDefault(message.id(), List.of())))
			.toList();
	}

	private static Posted posted(Message message, List<ReactionCount> reactions) {
		Map<String, Long> counts = new LinkedHashMap<>();
		reactions.forEach((reaction) -> counts.put(reaction.emoji(), reaction.users()));
		return new Posted(message, counts,
				reactions.stream().filter(ReactionCount::mine).map(ReactionCount::emoji).toList());
	}

}
