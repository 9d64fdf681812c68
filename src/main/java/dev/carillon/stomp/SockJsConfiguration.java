package dev.carillon.stomp;

import java.security.Principal;
import java.util.Map;

import dev.carillon.delivery.CloseCode;
import dev.carillon.delivery.Sink;
import dev.carillon.security.HandshakeGuard;
import dev.carillon.security.LimitsProperties;
import dev.carillon.security.SecurityProperties;
import dev.carillon.sockjs.SockJs;
import dev.carillon.sockjs.SockJsClient;
import dev.carillon.sockjs.SockJsClients;
import dev.carillon.sockjs.SockJsProperties;
import dev.carillon.sockjs.SockJsSessions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * STOMP over SockJS.
 */
@Configuration(proxyBeanMethods = false)
class SockJsConfiguration {

	/**
	 * How many times the largest frame a message of SockJS may be, so that it is the
	 * decoder of frames that refuses what is too large, with an ERROR that says so.
	 */
	private static final int SLACK = 4;

	@Bean
	SockJsSessions sockJsSessions(SockJsProperties properties, LimitsProperties limits) {
		return new SockJsSessions(properties, limits.frameBytes() * SLACK, System::nanoTime);
	}

	@Bean
	SockJs sockJs(SockJsProperties properties, SockJsSessions sessions, StompGateway gateway, HandshakeGuard guard,
			SecurityProperties security) {
		SockJsClients clients = (sink, transport, attributes) -> open(gateway, sink, transport, attributes);
		JettyUpgrade upgrade = new JettyUpgrade((attributes) -> SockJs.socket(sessions, clients, attributes));
		return new SockJs(properties, sessions, clients, guard, security.allowedOrigins(),
				new AdmittedHandshake(new DefaultHandshakeHandler(upgrade)));
	}

	private static SockJsClient open(StompGateway gateway, Sink sink, String transport,
			Map<String, Object> attributes) {
		StompConnection connection = gateway.open(new SinkConnector(sink, transport), attributes,
				(attributes.get(HandshakeGuard.USER) instanceof Principal proved) ? proved : null);
		return new SockJsClient() {
			@Override
			public void receive(byte[] message) {
				connection.receive(message);
			}

			@Override
			public void refuse(CloseCode code) {
				connection.end(code);
			}

			@Override
			public int refusals() {
				return connection.refusals();
			}

			@Override
			public boolean isOver() {
				return connection.isOver();
			}

			@Override
			public void touched() {
				connection.session().touched();
			}

			@Override
			public void closed(CloseCode code) {
				connection.closed(code);
			}
		};
	}

	/**
	 * The requests of SockJS sessions carry no identity but their own, so the chain of
	 * the pages and their cookies is not for them. Its headers would keep the page for
	 * iframe transports from working.
	 */
	@Bean
	@Order(0)
	SecurityFilterChain sockJsSecurity(HttpSecurity http) throws Exception {
		http.securityMatcher("/sockjs/**");
		http.securityContext((context) -> context.securityContextRepository(new NullSecurityContextRepository()));
		http.csrf((csrf) -> csrf.disable());
		http.anonymous((anonymous) -> anonymous.disable());
		http.sessionManagement((sessions) -> sessions.disable());
		http.requestCache((cache) -> cache.disable());
		http.logout((logout) -> logout.disable());
		http.headers((headers) -> headers.cacheControl((cache) -> cache.disable())
			.frameOptions((frames) -> frames.disable())
			.contentSecurityPolicy((policy) -> policy.policyDirectives("default-src 'none'; frame-ancestors 'self'")));
		return http.build();
	}

}
