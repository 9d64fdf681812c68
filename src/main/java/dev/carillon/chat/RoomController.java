package dev.carillon.chat;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.chat.UnreadCounts.Unread;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Rooms and their members over HTTP.
 */
@RestController
@RequestMapping("/api/rooms")
class RoomController {

	private final Rooms rooms;

	private final RoomChanges changes;

	private final UnreadCounts unreadCounts;

	RoomController(Rooms rooms, RoomChanges changes, UnreadCounts unreadCounts) {
		this.rooms = rooms;
		this.changes = changes;
		this.unreadCounts = unreadCounts;
	}

	/**
	 * A room in a list.
	 *
	 * @param rank what the asking user is in it, if anything
	 * @param unread how many messages the user has not read, at most
	 * {@value UnreadCounts#MOST}; absent for guests
	 * @param lastRead the newest message the user has read, if any
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Summary(String name, String description, Room.Access access, @Nullable Rank rank, @Nullable Long unread,
			@Nullable Long lastRead) {
	}

	/**
	 * All of a room.
	 *
	 * @param members the rank of each member; absent for guests
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Details(String name, String description, Room.Access access, int slowSeconds, @Nullable String createdBy,
			long createdAt, @Nullable Map<String, Rank> members) {

		static Details of(Room room, Caller caller) {
			return new Details(room.name(), room.description(), room.access(), room.slowSeconds(), room.createdBy(),
					room.createdAt(), (caller.nameOrNull() != null) ? room.members() : null);
		}

	}

	/** What creates a room; one without {@code access} is public. */
	record Creation(@Nullable String name, @Nullable String description, Room.@Nullable Access access) {
	}

	/** What describes a room anew; what is absent stays. */
	record Description(@Nullable String description, Room.@Nullable Access access) {
	}

	/** What makes a member; one without {@code rank} is a plain member. */
	record Membership(@Nullable Rank rank) {
	}

	@GetMapping
	List<Summary> list(@Nullable Authentication user) {
		Caller caller = Caller.of(user);
		Map<String, Unread> unread = this.unreadCounts.of(caller);
		return this.rooms.readable(caller)
			.stream()
			.map((room) -> summary(room, caller, unread.get(room.name())))
			.toList();
	}

	private static Summary summary(Room room, Caller caller, @Nullable Unread unread) {
		String name = caller.nameOrNull();
		return new Summary(room.name(), room.description(), room.access(),
				(name != null) ? room.members().get(name) : null,
				(name != null) ? (unread != null) ? unread.messages() : 0L : null,
				(unread != null) ? unread.lastRead() : null);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Details create(@RequestBody Creation creation, @Nullable Authentication user) {
		Caller caller = Caller.of(user);
		return Details
			.of(this.changes.create(caller, Input.room(creation.name()), Input.description(creation.description()),
					Objects.requireNonNullElse(creation.access(), Room.Access.PUBLIC)), caller);
	}

	@GetMapping("/{room}")
	Details get(@PathVariable String room, @Nullable Authentication user) {
		Caller caller = Caller.of(user);
		return Details.of(this.rooms.readable(room, caller), caller);
	}

	@PatchMapping("/{room}")
	Details describe(@PathVariable String room, @RequestBody Description description, @Nullable Authentication user) {
		Caller caller = Caller.of(user);
		return Details.of(this.changes.describe(caller, room, description.description(), description.access()), caller);
	}

	@PutMapping("/{room}/members/{member}")
	Details putMember(@PathVariable String room, @PathVariable String member,
			@RequestBody(required = false) @Nullable Membership membership, @Nullable Authentication user) {
		Caller caller = Caller.of(user);
		Rank rank = (membership != null && membership.rank() != null) ? membership.rank() : Rank.MEMBER;
		return Details.of(this.changes.putMember(caller, room, Input.user("member", member), rank), caller);
	}

	@DeleteMapping("/{room}/members/{member}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void removeMember(@PathVariable String room, @PathVariable String member, @Nullable Authentication user) {
		this.changes.removeMember(Caller.of(user), room, member);
	}

}
