package dev.carillon.presence;

import java.util.List;
import java.util.stream.IntStream;

import dev.carillon.topic.Destination;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RollTests {

	private static final Destination ROOM = Destination.of("/topic/chat.general");

	private final Roll roll = new Roll();

	private void comes(String user) {
		this.roll.apply(new Change(ROOM, user, 1));
	}

	private void goes(String user) {
		this.roll.apply(new Change(ROOM, user, -1));
	}

	/** Names in the order of the alphabet. */
	private static List<String> people(int from, int to) {
		return IntStream.range(from, to).mapToObj("user%04d"::formatted).toList();
	}

	@Test
	void readOutWhenPeopleCameAndWentThenNamesThem() {
		comes("bob");
		comes("ann");
		assertThat(this.roll.readOut())
			.isEqualTo(new Attendance(2, 0, List.of("ann", "bob"), true, List.of("ann", "bob"), List.of()));
		comes("eve");
		goes("ann");
		assertThat(this.roll.readOut())
			.isEqualTo(new Attendance(2, 0, List.of("bob", "eve"), true, List.of("eve"), List.of("ann")));
	}

	@Test
	void readOutWhenSeveralSessionsOfOnePersonThenCountedOnceUntilTheLastGoes() {
		comes("ann");
		comes("ann");
		comes("ann");
		assertThat(this.roll.readOut())
			.isEqualTo(new Attendance(1, 0, List.of("ann"), true, List.of("ann"), List.of()));
		goes("ann");
		goes("ann");
		assertThat(this.roll.readOut()).as("nobody went").isNull();
		goes("ann");
		assertThat(this.roll.readOut()).isEqualTo(new Attendance(0, 0, List.of(), true, List.of(), List.of("ann")));
		assertThat(this.roll.isEmpty()).isTrue();
	}

	@Test
	void readOutWhenSomebodyComesBackAtOnceThenSaysNothing() {
		comes("ann");
		this.roll.readOut();
		goes("ann");
		comes("ann");
		assertThat(this.roll.readOut()).isNull();
		comes("bob");
		goes("bob");
		assertThat(this.roll.readOut()).isNull();
	}

	@Test
	void readOutWhenGuestsThenCountedAndNotNamed() {
		comes("guest-1");
		comes("guest-2");
		comes("ann");
		assertThat(this.roll.readOut())
			.isEqualTo(new Attendance(3, 2, List.of("ann"), true, List.of("ann"), List.of()));
		goes("guest-1");
		assertThat(this.roll.readOut()).isEqualTo(new Attendance(2, 1, List.of("ann"), true, List.of(), List.of()));
		goes("guest-2");
		comes("bob");
		assertThat(this.roll.readOut())
			.isEqualTo(new Attendance(2, 0, List.of("ann", "bob"), true, List.of("bob"), List.of()));
	}

	@Test
	void readOutWhenTwoHundredThenExactAndWithOneMoreACountAndASample() {
		people(0, Roll.EXACT).forEach(this::comes);
		assertThat(this.roll.readOut())
			.isEqualTo(new Attendance(200, 0, people(0, 200), true, people(0, 200), List.of()));
		comes("user0200");
		assertThat(this.roll.readOut())
			.isEqualTo(new Attendance(201, 0, List.of(), false, List.of("user0200"), List.of()));
		people(201, 300).forEach(this::comes);
		people(0, 50).forEach(this::goes);
		assertThat(this.roll.readOut())
			.isEqualTo(new Attendance(250, 0, List.of(), false, people(201, 211), people(0, 10)));
		people(50, 100).forEach(this::goes);
		assertThat(this.roll.readOut()).as("exact again, so the list is all one needs").satisfies((attendance) -> {
			assertThat(attendance.exact()).isTrue();
			assertThat(attendance.users()).isEqualTo(people(100, 300));
			assertThat(attendance.left()).isEqualTo(people(50, 100));
		});
	}

	@Test
	void readOutWhenACrowdIsReplacedThenTheChangesAreASample() {
		people(0, 1).forEach(this::comes);
		this.roll.readOut();
		people(1, 1_000).forEach(this::comes);
		people(1, 1_000).forEach(this::goes);
		comes("user2000");
		assertThat(this.roll.readOut()).as("who came and went between is not worth a word")
			.isEqualTo(new Attendance(2, 0, List.of("user0000", "user2000"), true, List.of("user2000"), List.of()));
	}

}
