package dev.carillon.chat;

import java.util.Objects;
import java.util.concurrent.CompletionStage;

import dev.carillon.chat.Chat.Draft;
import dev.carillon.chat.History.Page;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Messages over HTTP: history, search, and sending for clients without a socket.
 */
@RestController
@RequestMapping("/api")
class MessageController {

	private final Chat chat;

	private final Rooms rooms;

	private final History history;

	MessageController(Chat chat, Rooms rooms, History history) {
		this.chat = chat;
		this.rooms = rooms;
		this.history = history;
	}

	/** What is sent to a room; the header {@code message-key} may give the key, too. */
	record Send(@Nullable String text, @Nullable Long replyTo, @Nullable String key) {
	}

	@GetMapping("/rooms/{room}/messages")
	Page messages(@PathVariable String room, @RequestParam(required = false) @Nullable Long before,
			@RequestParam(required = false) @Nullable Long after,
			@RequestParam(required = false) @Nullable Integer limit,
			@RequestParam(required = false) @Nullable String query, @Nullable Authentication user) {
		Caller caller = Caller.of(user);
		String name = this.rooms.readable(room, caller).name();
		if (after == null) {
			return (query != null) ? this.history.search(caller, name, Input.query(query), before, size(limit))
					: this.history.before(caller, name, before, size(limit));
		}
		if (before != null || query != null) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "after goes neither with before nor with query");
		}
		return this.history.after(caller, name, after, size(limit));
	}

	@PostMapping("/rooms/{room}/messages")
	@ResponseStatus(HttpStatus.CREATED)
	CompletionStage<ChatEvent> send(@PathVariable String room, @RequestBody Send message,
			@RequestHeader(name = "message-key", required = false) @Nullable String key,
			@Nullable Authentication user) {
		String chosen = (key != null) ? key : message.key();
		return this.chat.send(Caller.of(user), room, new Draft(message.text(), message.replyTo(), chosen));
	}

	@GetMapping("/direct/{other}/messages")
	Page direct(@PathVariable String other, @RequestParam(required = false) @Nullable Long before,
			@RequestParam(required = false) @Nullable Integer limit, @Nullable Authentication user) {
		return this.history.direct(Caller.of(user).signedIn(), Input.user("other", other), before, size(limit));
	}

	private static int size(@Nullable Integer limit) {
		return Input.number("limit", Objects.requireNonNullElse(limit, History.DEFAULT_PAGE), 1, History.LARGEST_PAGE);
	}

}
