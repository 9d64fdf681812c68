package dev.carillon.drain;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.carillon.drain.Follower.Trail;
import dev.carillon.support.CarillonProcess;
import dev.carillon.support.Http;
import dev.carillon.topic.Position;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A restart of a real process with five thousand sessions, each of which follows a room
 * of the chat and one of fifty live topics, while both go on.
 * <p>
 * That each message is the one after the last one is checked by {@link Follower}.
 */
class RestartIntegrationTests {

	private static final int SESSIONS = 5_000;

	private static final String ROOM = "general";

	private static final List<String> TOPICS = IntStream.range(0, 50).mapToObj((i) -> "/topic/news." + i).toList();

	/** What a follower follows, in this order. */
	private static final int CHAT = 0;

	private static final int NEWS = 1;

	/**
	 * Below the ports that the system gives to clients: one of them might get the
	 * service's while that is away.
	 */
	private static final int FIRST_PORT = 21_000;

	private static final int PORTS = 5_000;

	/** Encoded at the lowest strength, as it is asked for with every request. */
	private static final String SENDER = "--carillon.security.users.sender.password="
			+ "{bcrypt}$2a$04$EQL0TWz7kY.fJeOEnkWuKO8QmjJtuG/KIVdpnoJ84cf.qQ5X6tK8O";

	@TempDir
	private Path home;

	private final int port = freePort();

	private static int freePort() {
		int start = (int) (ProcessHandle.current().pid() % PORTS);
		for (int i = 0; i < PORTS; i++) {
			try (ServerSocket probe = new ServerSocket(FIRST_PORT + (start + i) % PORTS, 1,
					InetAddress.getLoopbackAddress())) {
				return probe.getLocalPort();
			}
			catch (IOException _) {
				// somebody has it
			}
		}
		throw new IllegalStateException("No port is free");
	}

	@BeforeEach
	void prepare() {
		long files = (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)
				? system.getMaxFileDescriptorCount() : Long.MAX_VALUE;
		assumeThat(files).as("Files that a process may have open (ulimit -n); %s sessions need as many", SESSIONS)
			.isGreaterThan(SESSIONS + 1_000);
	}

	@Test
	void restartWhenLogsAreSavedThenEverySubscriptionRecoversAndMissesNothing() {
		int askedHistory = restart(Trail::recovered, "--carillon.log.snapshot=" + this.home.resolve("logs"));
		assertThat(askedHistory).isZero();
	}

	@Test
	void restartWhenLogsAreNotSavedThenEverySubscriptionIsToldAndTheChatIsWhole() {
		int askedHistory = restart(Trail::lost);
		assertThat(askedHistory).isEqualTo(SESSIONS);
	}

	private CarillonProcess start(String... more) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=" + this.port,
				"--carillon.limits.sessions-per-address=0", "--carillon.drain.period=3s", "--carillon.drain.spread=2s",
				"--carillon.topics.news.pattern=/topic/news.{number}", "--carillon.topics.news.subscribe=anyone",
				"--carillon.topics.news.send=authenticated", SENDER));
		arguments.addAll(Arrays.asList(more));
		return CarillonProcess.start(this.home, arguments.toArray(String[]::new));
	}

	/**
	 * Restarts the service with everybody there.
	 * @param told what each subscription has to be told, once
	 * @return how many followers had to ask the history of the chat
	 */
	private int restart(ToIntFunction<Trail> told, String... arguments) {
		try (CarillonProcess first = start(arguments);
				RoomReaders readers = new RoomReaders(this.port, ROOM, SESSIONS);
				Crowd crowd = new Crowd(this.port, readers)) {
			crowd.arrive(SESSIONS, (i) -> List.of("/topic/chat." + ROOM, topic(i)));
			try (Talk talk = new Talk(new Http(this.port, "sender"), ROOM, TOPICS)) {
				crowd.awaitEach("All hear both", (follower) -> readers.count(follower) > 0 && offset(follower) > 0);
				CompletableFuture<CarillonProcess> restarted = CompletableFuture.supplyAsync(() -> {
					first.stop();
					return start(arguments);
				});
				try {
					comeBack(crowd, readers, talk);
				}
				finally {
					restarted.join().close();
				}
			}
			assertThat(crowd.followers()).allSatisfy((follower) -> {
				assertThat(told.applyAsInt(follower.trail(CHAT))).isOne();
				assertThat(told.applyAsInt(follower.trail(NEWS))).isOne();
			});
			return readers.asked();
		}
	}

	private static void comeBack(Crowd crowd, RoomReaders readers, Talk talk) {
		crowd.awaitEach("All were sent away once and are back",
				(follower) -> follower.goodbyes() == 1 && follower.isPlaced());
		int before = talk.said();
		crowd.await("The talk goes on", () -> talk.said() > before + 2);
		talk.close();
		crowd.await("The history has answered", readers::isQuiet);
		crowd.awaitEach("All know everything", (follower) -> readers.count(follower) == talk.said()
				&& talk.head(topic(follower.number())).equals(follower.trail(NEWS).position()));
	}

	private static String topic(int follower) {
		return TOPICS.get(follower % TOPICS.size());
	}

	private static long offset(Follower follower) {
		Position position = follower.trail(NEWS).position();
		return (position != null) ? position.offset() : 0;
	}

}
