package dev.carillon.chat;

import java.util.List;
import java.util.Map;

import dev.carillon.topic.AccessChanged;
import dev.carillon.topic.Refusal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.carillon.chat.ChatFixture.ADMIN;
import static dev.carillon.chat.ChatFixture.ANN;
import static dev.carillon.chat.ChatFixture.BOB;
import static dev.carillon.chat.ChatFixture.EVE;
import static dev.carillon.chat.ChatFixture.GUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RoomsTests {

	private final ChatFixture fixture = new ChatFixture(TestDatabase.H2);

	private final Rooms rooms = this.fixture.rooms;

	private final RoomChanges changes = this.fixture.changes;

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void readableWhenFreshThenHasTheTwoPublicRooms() {
		assertThat(this.rooms.readable(GUEST)).extracting(Room::name).containsExactly("general", "random");
		assertThat(this.rooms.mayRead("general", null)).isTrue();
		assertThat(this.rooms.mayWrite("general", null)).isFalse();
		assertThat(this.rooms.mayWrite("general", "ann")).isTrue();
	}

	@Test
	void mayReadWhenRoomDoesNotExistThenNo() {
		assertThat(this.rooms.mayRead("nowhere", "ann")).isFalse();
		assertThat(this.rooms.mayWrite("nowhere", "ann")).isFalse();
	}

	@Test
	void createWhenMembersOnlyThenNobodyElseSeesIt() {
		this.changes.create(ANN, "team", "Ours", Room.Access.MEMBERS);
		assertThat(this.rooms.mayRead("team", "ann")).isTrue();
		assertThat(this.rooms.mayRead("team", "bob")).isFalse();
		assertThat(this.rooms.mayRead("team", null)).isFalse();
		assertThat(this.rooms.readable(BOB)).extracting(Room::name).doesNotContain("team");
		assertRefused(Refusal.Code.NOT_FOUND, () -> this.rooms.readable("team", BOB));
		assertRefused(Refusal.Code.NOT_FOUND, () -> this.rooms.writable("team", BOB));
	}

	@Test
	void createWhenNameIsTakenThenRefuses() {
		this.changes.create(ANN, "team", "", Room.Access.MEMBERS);
		assertRefused(Refusal.Code.CONFLICT, () -> this.changes.create(BOB, "team", "", Room.Access.PUBLIC));
	}

	@Test
	void createWhenTooManyThenRefuses() {
		this.changes.create(ANN, "one", "", Room.Access.PUBLIC);
		this.changes.create(ANN, "two", "", Room.Access.PUBLIC);
		assertRefused(Refusal.Code.LIMIT_REACHED, () -> this.changes.create(ANN, "three", "", Room.Access.PUBLIC));
		this.changes.create(BOB, "three", "", Room.Access.PUBLIC);
		this.changes.create(BOB, "four", "", Room.Access.PUBLIC);
		assertRefused(Refusal.Code.LIMIT_REACHED, () -> this.changes.create(EVE, "five", "", Room.Access.PUBLIC));
	}

	@Test
	void createWhenGuestThenRefuses() {
		assertRefused(Refusal.Code.ACCESS_DENIED, () -> this.changes.create(GUEST, "team", "", Room.Access.PUBLIC));
	}

	@Test
	void putMemberWhenModeratorThenMayLetMembersInAndNoMore() {
		this.changes.create(ANN, "team", "", Room.Access.MEMBERS);
		this.changes.putMember(ANN, "team", "bob", Rank.MODERATOR);
		this.changes.putMember(BOB, "team", "eve", Rank.MEMBER);
		assertThat(this.rooms.mayRead("team", "eve")).isTrue();
		assertRefused(Refusal.Code.ACCESS_DENIED, () -> this.changes.putMember(BOB, "team", "eve", Rank.MODERATOR));
		assertRefused(Refusal.Code.ACCESS_DENIED, () -> this.changes.putMember(BOB, "team", "ann", Rank.MEMBER));
		assertRefused(Refusal.Code.ACCESS_DENIED, () -> this.changes.putMember(EVE, "team", "joe", Rank.MEMBER));
		assertRefused(Refusal.Code.ACCESS_DENIED, () -> this.changes.removeMember(BOB, "team", "ann"));
	}

	@Test
	void putMemberWhenRoomIsFullThenRefuses() {
		this.changes.create(ANN, "team", "", Room.Access.MEMBERS);
		List.of("a", "b", "c").forEach((user) -> this.changes.putMember(ANN, "team", user, Rank.MEMBER));
		assertRefused(Refusal.Code.LIMIT_REACHED, () -> this.changes.putMember(ANN, "team", "d", Rank.MEMBER));
		this.changes.putMember(ANN, "team", "c", Rank.MODERATOR);
	}

	@Test
	void putMemberWhenLastOwnerThenCannotStepDown() {
		this.changes.create(ANN, "team", "", Room.Access.MEMBERS);
		assertRefused(Refusal.Code.CONFLICT, () -> this.changes.putMember(ANN, "team", "ann", Rank.MEMBER));
		assertRefused(Refusal.Code.CONFLICT, () -> this.changes.removeMember(ANN, "team", "ann"));
		this.changes.putMember(ANN, "team", "bob", Rank.OWNER);
		this.changes.removeMember(ANN, "team", "ann");
		assertThat(this.rooms.mayRead("team", "ann")).isFalse();
	}

	@Test
	void removeMemberWhenTheirOwnThenMayLeaveAndOthersAreTold() {
		this.changes.create(ANN, "team", "", Room.Access.MEMBERS);
		this.changes.putMember(ANN, "team", "bob", Rank.MEMBER);
		assertThat(this.fixture.accessChanges).isEmpty();
		this.changes.removeMember(BOB, "team", "bob");
		assertThat(this.rooms.mayRead("team", "bob")).isFalse();
		assertThat(this.fixture.accessChanges).containsExactly(new AccessChanged("room", Map.of("room", "team")));
	}

	@Test
	void describeWhenOwnerClosesRoomThenOthersAreTold() {
		this.changes.create(ANN, "team", "Ours", Room.Access.PUBLIC);
		assertRefused(Refusal.Code.ACCESS_DENIED, () -> this.changes.describe(BOB, "team", "Mine", null));
		Room room = this.changes.describe(ANN, "team", null, Room.Access.MEMBERS);
		assertThat(room.description()).isEqualTo("Ours");
		assertThat(this.rooms.mayRead("team", "bob")).isFalse();
		assertThat(this.fixture.accessChanges).containsExactly(new AccessChanged("room", Map.of("room", "team")));
	}

	@Test
	void muteWhenModeratorThenOnlyThoseBelowThem() {
		this.changes.create(ANN, "team", "", Room.Access.PUBLIC);
		this.changes.putMember(ANN, "team", "bob", Rank.MODERATOR);
		this.changes.mute(BOB, "team", "eve", 60);
		assertThat(this.rooms.mayRead("team", "eve")).isTrue();
		assertThat(this.rooms.mayWrite("team", "eve")).isFalse();
		assertThat(this.rooms.mayWrite("general", "eve")).isTrue();
		assertRefused(Refusal.Code.ACCESS_DENIED, () -> this.changes.mute(BOB, "team", "ann", 60));
		assertRefused(Refusal.Code.ACCESS_DENIED, () -> this.changes.mute(EVE, "team", "bob", 60));
	}

	@Test
	void slowWhenAdminThenMayInEveryRoom() {
		this.changes.create(ANN, "team", "", Room.Access.MEMBERS);
		assertThat(this.changes.slow(ADMIN, "team", 10).slowSeconds()).isEqualTo(10);
		assertRefused(Refusal.Code.ACCESS_DENIED, () -> this.changes.slow(BOB, "general", 10));
	}

	@Test
	void permitsWhenRuleIsAskedThenAnswersForTheRoomOfThePattern() {
		this.changes.create(ANN, "team", "", Room.Access.MEMBERS);
		RoomReaders rule = new RoomReaders(this.rooms);
		assertThat(rule.permits(Users.user("ann"), Map.of("room", "team"))).isTrue();
		assertThat(rule.permits(Users.user("bob"), Map.of("room", "team"))).isFalse();
		assertThat(rule.permits(Users.guest("ann"), Map.of("room", "team"))).isFalse();
		assertThat(rule.permits(Users.guest("ann"), Map.of("room", "general"))).isTrue();
	}

	private static void assertRefused(Refusal.Code code, ThrowingCallable call) {
		assertThatExceptionOfType(Refusal.class).isThrownBy(call)
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(code));
	}

}
