package dev.carillon.stomp;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.simp.user.SimpSession;
import org.springframework.messaging.simp.user.SimpSubscription;
import org.springframework.messaging.simp.user.SimpSubscriptionMatcher;
import org.springframework.messaging.simp.user.SimpUser;
import org.springframework.messaging.simp.user.SimpUserRegistry;

/**
 * Spring's view of who is connected, read from the connections when it is asked for;
 * keeps nothing itself.
 */
final class Users implements SimpUserRegistry {

	private final Supplier<StompGateway> gateway;

	Users(Supplier<StompGateway> gateway) {
		this.gateway = gateway;
	}

	private Map<String, User> byName() {
		Map<String, User> users = new LinkedHashMap<>();
		for (StompConnection connection : this.gateway.get().connected()) {
			Principal principal = connection.connectedUser();
			users.computeIfAbsent(principal.getName(), (name) -> new User(name, principal, new LinkedHashMap<>()))
				.sessions()
				.put(connection.id(), connection);
		}
		return users;
	}

	@Override
	public @Nullable SimpUser getUser(String name) {
		return byName().get(name);
	}

	@Override
	public Set<SimpUser> getUsers() {
		return new LinkedHashSet<>(byName().values());
	}

	@Override
	public int getUserCount() {
		return byName().size();
	}

	@Override
	public Set<SimpSubscription> findSubscriptions(SimpSubscriptionMatcher matcher) {
		return byName().values()
			.stream()
			.flatMap((user) -> user.getSessions().stream())
			.flatMap((session) -> session.getSubscriptions().stream())
			.filter(matcher::match)
			.collect(Collectors.toSet());
	}

	private record User(String name, Principal principal, Map<String, StompConnection> sessions) implements SimpUser {

		@Override
		public String getName() {
			return this.name;
		}

		@Override
		public Principal getPrincipal() {
			return this.principal;
		}

		@Override
		public boolean hasSessions() {
			return !this.sessions.isEmpty();
		}

		@Override
		public @Nullable SimpSession getSession(String id) {
			StompConnection connection = this.sessions.get(id);
			return (connection != null) ? new UserSession(this, connection) : null;
		}

		@Override
		public Set<SimpSession> getSessions() {
			return this.sessions.values()
				.stream()
				.map((connection) -> new UserSession(this, connection))
				.collect(Collectors.toSet());
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	private record UserSession(User user, StompConnection connection) implements SimpSession {

		@Override
		public String getId() {
			return this.connection.id();
		}

		@Override
		public SimpUser getUser() {
			return this.user;
		}

		@Override
		public Set<SimpSubscription> getSubscriptions() {
			return this.connection.subscriptions()
				.entrySet()
				.stream()
				.map((entry) -> new UserSubscription(this, entry.getKey(), entry.getValue()))
				.collect(Collectors.toSet());
		}

	}

	private record UserSubscription(UserSession session, String id, String destination) implements SimpSubscription {

		@Override
		public String getId() {
			return this.id;
		}

		@Override
		public SimpSession getSession() {
			return this.session;
		}

		@Override
		public String getDestination() {
			return this.destination;
		}

	}

}
