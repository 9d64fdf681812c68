package dev.carillon.stomp;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Encoded;
import dev.carillon.delivery.Finishing;
import dev.carillon.delivery.Origin;
import dev.carillon.delivery.Session;
import dev.carillon.security.Admissions;
import dev.carillon.security.DestinationRules;
import dev.carillon.security.HandshakeGuard;
import dev.carillon.security.LimitsProperties;
import dev.carillon.security.Refusals;
import dev.carillon.security.SignIn;
import dev.carillon.topic.DestinationPattern;
import dev.carillon.topic.Refusal;
import dev.carillon.topic.Topic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.messaging.simp.SimpMessageType;

/**
 * One client's conversation: decodes what it sends, keeps its transactions, and answers
 * each frame with what it asked for: RECEIPT, or ERROR.
 * <p>
 * Frames are handled one at a time in the order of their arrival, on the thread that
 * received them; the transport reads no further meanwhile, which is the back-pressure on
 * senders.
 */
final class StompConnection implements Finishing {

	private static final Logger logger = LoggerFactory.getLogger(StompConnection.class);

	private static final byte[] NO_BODY = {};

	private final StompGateway gateway;

	private final Connector connector;

	private final Session session;

	private final FrameDecoder decoder;

	/** What the handshake and application code keep for the time of the connection. */
	private final Map<String, Object> attributes;

	/** The subscriptions by their ids, from the moment they are asked for. */
	private final Map<String, Subscribed> subscriptions = new ConcurrentHashMap<>(4);

	private volatile Framing framing;

	/** What nobody has agreed upon yet is not escaped. */
	private volatile StompVersion version = StompVersion.V1_0;

	private volatile @Nullable Principal user;

	private @Nullable Map<String, List<StompFrame>> transactions;

	/** What the frames of the open transactions take. */
	private long transactionBytes;

	private volatile boolean connected;

	private boolean softErrors;

	private volatile boolean over;

	/** What to run to hear no more of the user's signing out. */
	private volatile Runnable deaf = () -> {
	};

	/** How often the client was refused and stayed; a race may lose one. */
	private volatile int refusals;

	/** What came is answered, what comes is not taken: DISCONNECT, or a restart. */
	private volatile boolean leaving;

	/** Ends with the frames that are not finished yet, well or not. */
	private volatile CompletableFuture<?> unfinished = CompletableFuture.completedFuture(null);

	/** One subscription as the client sees it, equal to itself only. */
	static final class Subscribed {

		private final String destination;

		private final String calledBy;

		/** Whether rules have taken it away, all of it or some of its topics. */
		private volatile boolean lost;

		/** Whether rules have ended it; its id stays until the client is done with it. */
		private volatile boolean ended;

		private Subscribed(String destination, String calledBy) {
			this.destination = destination;
			this.calledBy = calledBy;
		}

	}

	StompConnection(StompGateway gateway, Connector connector, Map<String, Object> attributes,
			@Nullable Principal user) {
		this.gateway = gateway;
		this.connector = connector;
		this.framing = connector.framing();
		this.attributes = attributes;
		this.user = user;
		this.decoder = new FrameDecoder(gateway.frameLimits());
		String address = (attributes.get(HandshakeGuard.ADMISSION) instanceof Admissions.Admission admission)
				? admission.address() : null;
		this.session = gateway.delivery().open(connector.sink(), this, new Origin(connector.transport(), address));
	}

	Session session() {
		return this.session;
	}

	String id() {
		return this.session.id();
	}

	@Nullable Principal user() {
		return this.user;
	}

	Map<String, Object> attributes() {
		return this.attributes;
	}

	String transport() {
		return this.connector.transport();
	}

	StompVersion version() {
		return this.version;
	}

	Framing framing() {
		return this.framing;
	}

	boolean isConnected() {
		return this.connected;
	}

	/** Bytes from the client. */
	void receive(byte[] bytes) {
		this.session.touched();
		if (this.over) {
			return;
		}
		try {
			this.decoder.decode(bytes, this::handle);
		}
		catch (Refusal refusal) {
			fatal(refusal, null);
		}
	}

	/** CONNECT has not come in time, which the close code alone would not explain. */
	void isLate() {
		this.session.send(errorFrame(new Refusal(Refusal.Code.LIMIT_REACHED,
				"No complete CONNECT frame came within the " + this.gateway.limits().connectTimeout().toMillis()
						+ " ms that carillon.limits.connect-timeout allows"),
				null, Map.of()));
	}

	@Override
	public CompletableFuture<?> finish() {
		this.leaving = true;
		return this.unfinished;
	}

	/** How many frames were refused softly. */
	int refusals() {
		return this.refusals;
	}

	/** Whether nothing that comes is looked at any more. */
	boolean isOver() {
		return this.over;
	}

	/** Ends the session without a word but the code. */
	void end(CloseCode code) {
		this.over = true;
		close(code, () -> this.session.close(code));
	}

	/** The transport has ended. */
	void closed(CloseCode code) {
		this.over = true;
		this.deaf.run();
		this.session.transportClosed(code);
	}

	private void handle(StompFrame frame) {
		if (this.over || this.leaving) {
			return;
		}
		this.gateway.frames().note(frame.command());
		try {
			if (frame.command().isConnect() == this.connected) {
				throw new Refusal(Refusal.Code.BAD_FRAME,
						this.connected ? "This session is connected already" : "The first frame must be CONNECT");
			}
			frame.check();
			switch (frame.command()) {
				case CONNECT, STOMP -> connect(frame);
				case BEGIN -> begin(frame);
				case COMMIT -> commit(frame);
				case ABORT -> abort(frame);
				case SEND, ACK, NACK -> inTransaction(frame);
				case SUBSCRIBE, UNSUBSCRIBE, DISCONNECT -> process(frame);
			}
		}
		catch (RuntimeException ex) {
			refuse(frame, ex);
		}
	}

	// CONNECT

	private void connect(StompFrame given) {
		StompVersion chosen = StompVersion.negotiate(given.header("accept-version"));
		StompFrame frame = (chosen == StompVersion.V1_0) ? given.stripped() : given;
		if (chosen == null) {
			this.version = StompVersion.V1_0;
			Map<String, String> more = Map.of("version", "1.0,1.1,1.2");
			end(errorFrame(new Refusal(Refusal.Code.BAD_VALUE, "accept-version must name 1.0, 1.1 or 1.2"), frame,
					more), CloseCode.BAD_FRAME);
			return;
		}
		this.version = chosen;
		this.decoder.setVersion(chosen);
		long[] wishes = heartBeat(frame.header("heart-beat"));
		this.softErrors = "true".equals(frame.header("soft-errors"));
		Principal identified = this.gateway.connect(this, frame);
		this.user = identified;
		this.session.setUser(identified.getName());
		this.connected = true;
		if ("true".equals(frame.header("batch"))) {
			this.connector.batch();
			this.framing = this.connector.framing();
		}
		this.session.send(connectedFrame(identified, frame, wishes));
		endWithSignIn(identified);
		this.gateway.times().begin(this, identified);
		this.gateway.connected(this);
	}

	private void endWithSignIn(Principal identified) {
		this.deaf.run();
		this.deaf = SignIn.whenOver(identified, () -> end(CloseCode.SIGNED_OUT));
		if (this.over) {
			this.deaf.run();
		}
	}

	/**
	 * A fresh token of the same user takes the place of the old one: what it does not
	 * allow any more ends, and what it allows besides is reached by wildcards.
	 */
	void refreshed(Principal fresh) {
		this.user = fresh;
		endWithSignIn(fresh);
		this.gateway.times().begin(this, fresh);
		this.subscriptions.forEach((id, subscribed) -> {
			if (!subscribed.ended && DestinationPattern.hasWildcard(subscribed.destination)) {
				endIfForbidden(fresh, id, subscribed);
			}
		});
		this.session.rejudge();
	}

	/** Ends a subscription with wildcards that could reach nothing. */
	private void endIfForbidden(Principal fresh, String id, Subscribed subscribed) {
		try {
			this.gateway.guard().check(fresh, SimpMessageType.SUBSCRIBE, subscribed.destination);
		}
		catch (Refusal refusal) {
			subscribed.lost = true;
			subscribed.ended = true;
			this.session.unsubscribe(id, (_) -> {
			});
			tellWithdrawn(refusal, id, subscribed.destination);
		}
	}

	private Encoded connectedFrame(Principal identified, StompFrame connect, long[] wishes) {
		long send = this.gateway.properties().heartBeatSend().toMillis();
		long receive = this.gateway.properties().heartBeatReceive().toMillis();
		FrameWriter writer = new FrameWriter(this.version, 128).line("CONNECTED");
		writer.plainHeader("version", this.version.text());
		writer.plainHeader("heart-beat", send + "," + receive);
		writer.plainHeader("session", id());
		writer.plainHeader("server", "Carillon");
		writer.plainHeader("user-name", identified.getName());
		if ("true".equals(connect.header("batch"))) {
			writer.plainHeader("batch", "true");
		}
		if (this.softErrors) {
			writer.plainHeader("soft-errors", "true");
		}
		// STOMP 1.2, Heart-beating: each side's offer against the other's wish, the
		// longer counts.
		this.session.heartBeat(this.framing.frame(new byte[] { '\n' }, false),
				(send > 0 && wishes[1] > 0) ? Math.max(send, wishes[1]) : 0,
				(receive > 0 && wishes[0] > 0) ? Math.max(receive, wishes[0]) : 0);
		return this.framing.frame(writer.body(NO_BODY).toBytes(), false);
	}

	private static long[] heartBeat(@Nullable String header) {
		if (header == null) {
			return new long[2];
		}
		String[] parts = header.strip().split(",", -1);
		try {
			if (parts.length == 2) {
				long[] wishes = { Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip()) };
				if (wishes[0] >= 0 && wishes[1] >= 0) {
					return wishes;
				}
			}
		}
		catch (NumberFormatException _) {
			// refused below
		}
		throw new Refusal(Refusal.Code.BAD_VALUE,
				"heart-beat must be two numbers of milliseconds with a comma between");
	}

	// Transactions

	private void begin(StompFrame frame) {
		String name = frame.require("transaction");
		Map<String, List<StompFrame>> open = this.transactions;
		if (open == null) {
			open = new HashMap<>();
			this.transactions = open;
		}
		int limit = this.gateway.limits().transactions();
		if (limit > 0 && open.size() >= limit) {
			throw new Refusal(Refusal.Code.LIMIT_REACHED, "This session has " + open.size()
					+ " open transactions; carillon.limits.transactions allows " + limit);
		}
		if (open.putIfAbsent(name, new ArrayList<>()) != null) {
			throw new Refusal(Refusal.Code.CONFLICT, "The transaction " + name + " is open already");
		}
		receipt(frame, Map.of());
	}

	private void inTransaction(StompFrame frame) {
		String name = frame.header("transaction");
		if (name == null) {
			process(frame);
			return;
		}
		List<StompFrame> frames = transaction(name);
		int limit = this.gateway.limits().transactionSize();
		if (limit > 0 && frames.size() >= limit) {
			throw new Refusal(Refusal.Code.LIMIT_REACHED, "The transaction " + name + " has " + frames.size()
					+ " frames; carillon.limits.transaction-size allows " + limit);
		}
		long allowed = this.gateway.limits().transactionBytes().toBytes();
		if (allowed > 0 && this.transactionBytes + frame.size() > allowed) {
			throw new Refusal(Refusal.Code.LIMIT_REACHED,
					"The open transactions of this session take more than carillon.limits.transaction-bytes allows, which is "
							+ allowed);
		}
		if (frame.command() == StompFrame.Command.SEND) {
			this.gateway.guard().check(connectedUser(), SimpMessageType.MESSAGE, frame.require("destination"));
		}
		frames.add(frame);
		this.transactionBytes += frame.size();
		receipt(frame, Map.of());
	}

	private List<StompFrame> transaction(String name) {
		Map<String, List<StompFrame>> open = this.transactions;
		List<StompFrame> frames = (open != null) ? open.get(name) : null;
		if (frames == null) {
			throw new Refusal(Refusal.Code.BAD_VALUE, "There is no open transaction " + name);
		}
		return frames;
	}

	private void commit(StompFrame frame) {
		List<StompFrame> frames = endTransaction(frame);
		Exchange all = new Exchange();
		for (StompFrame part : frames) {
			Exchange one = new Exchange();
			this.gateway.dispatch(this, part, one);
			all.await(one.done());
		}
		finish(frame, all);
	}

	private void abort(StompFrame frame) {
		endTransaction(frame);
		receipt(frame, Map.of());
	}

	private List<StompFrame> endTransaction(StompFrame frame) {
		String name = frame.require("transaction");
		List<StompFrame> frames = transaction(name);
		Map<String, List<StompFrame>> open = this.transactions;
		if (open != null) {
			open.remove(name);
		}
		frames.forEach((part) -> this.transactionBytes -= part.size());
		return frames;
	}

	// Everything that goes through the channels

	private void process(StompFrame frame) {
		Exchange exchange = new Exchange();
		try {
			this.gateway.dispatch(this, frame, exchange);
		}
		catch (RuntimeException ex) {
			exchange.fail(ex);
		}
		if (frame.command() == StompFrame.Command.DISCONNECT) {
			this.leaving = true;
			exchange.await(this.unfinished);
		}
		finish(frame, exchange);
		try {
			exchange.runLast();
		}
		catch (RuntimeException ex) {
			exchange.undo();
			refuse(frame, ex);
		}
	}

	private void finish(StompFrame frame, Exchange exchange) {
		CompletableFuture<?> finished = exchange.done().handle((_, failure) -> {
			if (failure != null) {
				exchange.undo();
				refuse(frame, failure);
			}
			else {
				receipt(frame, exchange.receiptHeaders());
				if (frame.command() == StompFrame.Command.DISCONNECT) {
					end(CloseCode.NORMAL);
				}
			}
			return null;
		});
		if (!finished.isDone()) {
			this.unfinished = this.unfinished.isDone() ? finished : CompletableFuture.allOf(this.unfinished, finished);
		}
	}

	private void receipt(StompFrame frame, Map<String, String> more) {
		String receipt = frame.header("receipt");
		if (receipt != null) {
			FrameWriter writer = new FrameWriter(this.version, 64).line("RECEIPT").header("receipt-id", receipt);
			more.forEach(writer::header);
			this.session.send(this.framing.frame(writer.body(NO_BODY).toBytes(), false));
		}
	}

	// Answers that are not receipts

	/** Sends a MESSAGE that comes from no log: the answer of a handler method. */
	void send(String destination, String subscription, String messageId, Map<String, String> headers, byte[] body) {
		FrameWriter writer = new FrameWriter(this.version, 128 + body.length).line("MESSAGE");
		writer.header("subscription", subscription);
		writer.header("message-id", messageId);
		writer.header("destination", destination);
		headers.forEach(writer::header);
		this.session.send(this.framing.frame(this.framing.body(writer, body).toBytes(), !Utf8.isValid(body)));
	}

	/**
	 * The ids of the subscriptions of a destination that answers go to, with what the
	 * client called it.
	 */
	void eachSubscriptionOf(String destination, BiConsumer<String, String> action) {
		this.subscriptions.forEach((id, subscribed) -> {
			if (subscribed.destination.equals(destination) && !subscribed.ended) {
				action.accept(id, subscribed.calledBy);
			}
		});
	}

	/**
	 * Takes an id for a subscription that is about to begin.
	 * @param destination its full destination
	 * @param calledBy what the client calls it
	 * @throws Refusal if the id is in use or the session has as many as it may
	 */
	Subscribed subscribe(String id, String destination, String calledBy) {
		int limit = this.gateway.limits().subscriptionsPerSession();
		if (LimitsProperties.isReached(limit, this.subscriptions.size())) {
			throw new Refusal(Refusal.Code.LIMIT_REACHED, "This session has " + this.subscriptions.size()
					+ " subscriptions; carillon.limits.subscriptions-per-session allows " + limit);
		}
		Subscribed subscribed = new Subscribed(destination, calledBy);
		this.subscriptions.computeIfPresent(id, (_, known) -> known.ended ? null : known);
		if (this.subscriptions.putIfAbsent(id, subscribed) != null) {
			throw new Refusal(Refusal.Code.CONFLICT, "The subscription id " + id + " is in use in this session");
		}
		return subscribed;
	}

	/** Gives an id back whose subscription has not begun. */
	void forget(String id, Subscribed subscribed) {
		this.subscriptions.remove(id, subscribed);
	}

	/** Whether the subscription has not ended since it was asked for. */
	boolean isSubscribed(String id, Subscribed subscribed) {
		return this.subscriptions.get(id) == subscribed;
	}

	/**
	 * Ends a subscription.
	 * @return whether there was one with this id
	 */
	boolean unsubscribe(String id) {
		return this.subscriptions.remove(id) != null;
	}

	/** What the client calls the destination of each of its subscriptions. */
	Map<String, String> subscriptions() {
		Map<String, String> shown = new LinkedHashMap<>();
		this.subscriptions.forEach((id, subscribed) -> {
			if (!subscribed.ended) {
				shown.put(id, subscribed.calledBy);
			}
		});
		return shown;
	}

	/**
	 * Whether messages of a subscription may have been taken away on their way, so that
	 * an ACK for them is no mistake.
	 */
	boolean hasLost(String id) {
		Subscribed known = this.subscriptions.get(id);
		return known != null && known.lost;
	}

	/**
	 * Rules have taken a topic away. On the session's loop.
	 * @param id the subscription, which is over unless it has wildcards
	 */
	void withdrawn(String id, Topic topic) {
		Subscribed known = this.subscriptions.get(id);
		String destination = topic.toString();
		if (known != null) {
			known.lost = true;
			if (known.destination.equals(destination)) {
				known.ended = true;
				destination = known.calledBy;
			}
		}
		tellWithdrawn(DestinationRules.withdrawn(this.session.user(), topic), id, destination);
	}

	private void tellWithdrawn(Refusal refusal, String id, String destination) {
		Map<String, String> more = new LinkedHashMap<>();
		more.put("subscription", id);
		more.put("destination", destination);
		if (this.softErrors) {
			more.put("fatal", "false");
			this.session.send(errorFrame(refusal, null, more));
		}
		else {
			end(errorFrame(refusal, null, more), closeCode(refusal));
		}
	}

	Principal connectedUser() {
		Principal known = this.user;
		if (known == null) {
			throw new Refusal(Refusal.Code.BAD_FRAME, "The first frame must be CONNECT");
		}
		return known;
	}

	// Refusals

	private void refuse(StompFrame frame, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		Refusal refusal = Refusal.of(cause);
		if (refusal.code() == Refusal.Code.INTERNAL) {
			logger.error("A {} frame of session {} failed", frame.command(), id(), cause);
		}
		boolean soft = this.softErrors && this.connected
				&& (frame.command() == StompFrame.Command.SEND || frame.command() == StompFrame.Command.SUBSCRIBE);
		if (soft) {
			this.refusals++;
			this.session.send(errorFrame(refusal, frame, Map.of("fatal", "false")));
		}
		else {
			fatal(refusal, frame);
		}
	}

	/**
	 * Ends the session with an ERROR frame (STOMP 1.2: the connection closes after
	 * ERROR).
	 */
	void fatal(Refusal refusal, @Nullable StompFrame frame) {
		end(errorFrame(refusal, frame, Map.of()), closeCode(refusal));
	}

	private void end(Encoded error, CloseCode code) {
		this.over = true;
		close(code, () -> {
			this.session.send(error);
			this.session.close(code);
		});
	}

	/**
	 * After a breach of the protocol a moment later, so that nobody who comes back at
	 * once with the next one keeps the service busy.
	 */
	private void close(CloseCode code, Runnable close) {
		Duration delay = this.gateway.properties().breachDelay();
		if (code.isBreach() && delay.isPositive()) {
			CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(close);
		}
		else {
			close.run();
		}
	}

	/** How a session ends after a refusal. */
	static CloseCode closeCode(Refusal refusal) {
		return switch (refusal.code()) {
			case TOO_LARGE -> CloseCode.TOO_BIG;
			case LOGIN_FAILED -> CloseCode.LOGIN_FAILED;
			case INTERNAL -> CloseCode.SERVER_ERROR;
			case UNAVAILABLE -> CloseCode.TRY_AGAIN_LATER;
			case BAD_FRAME, BAD_VALUE -> CloseCode.BAD_FRAME;
			default -> CloseCode.POLICY;
		};
	}

	private Encoded errorFrame(Refusal refusal, @Nullable StompFrame frame, Map<String, String> more) {
		this.gateway.refusals().note(Refusals.Adapter.STOMP, refusal.code());
		FrameWriter writer = new FrameWriter(this.version, 192).line("ERROR");
		writer.header("code", refusal.code().text());
		writer.header("message", refusal.reason());
		String receipt = (frame != null) ? frame.header("receipt") : null;
		if (receipt != null) {
			writer.header("receipt-id", receipt);
		}
		more.forEach(writer::header);
		return this.framing.frame(writer.body(NO_BODY).toBytes(), false);
	}

	@Override
	public String toString() {
		return "connection " + id();
	}

}
