package dev.carillon.security;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.carillon.topic.AccessRule;
import dev.carillon.topic.TopicPolicies;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.convert.converter.Converter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.DelegatingSecurityContextRepository;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * Wires identity, rules and limits.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SecurityConfiguration.class);

	private static final RequestMatcher API = PathPatternRequestMatcher.pathPattern("/api/**");

	private static final RequestMatcher SESSION = PathPatternRequestMatcher.pathPattern("/api/session");

	@Bean
	PasswordEncoder passwordEncoder() {
		return PasswordEncoderFactories.createDelegatingPasswordEncoder();
	}

	/** The users that are known here, with a pause after too many failures. */
	@Bean
	AuthenticationProvider passwordLogins(SecurityProperties properties, LimitsProperties limits,
			PasswordEncoder encoder, ObjectProvider<JwtDecoder> decoder) {
		if (properties.users().isEmpty() && decoder.getIfAvailable() == null) {
			logger.warn("There are no users and no issuer of tokens: everybody is a guest until "
					+ "carillon.security.users.<name>.password or an issuer is configured");
		}
		List<UserDetails> users = properties.users()
			.entrySet()
			.stream()
			.map((user) -> User.withUsername(user.getKey())
				.password(String.valueOf(user.getValue().password()))
				.authorities(authorities(user.getValue().roles()))
				.build())
			.toList();
		DaoAuthenticationProvider passwords = new DaoAuthenticationProvider(new InMemoryUserDetailsManager(users));
		passwords.setPasswordEncoder(encoder);
		return new LoginThrottle(passwords, limits.failedLogins(), Ticker.systemTicker());
	}

	@Bean
	AuthenticationManager authenticationManager(AuthenticationProvider passwordLogins) {
		return new ProviderManager(passwordLogins);
	}

	/**
	 * Who a token stands for; a name that nobody may have is refused like a bad token.
	 */
	@Bean
	Converter<Jwt, AbstractAuthenticationToken> tokenUsers(SecurityProperties properties) {
		JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
		converter.setJwtGrantedAuthoritiesConverter((token) -> roles(token, properties.rolesClaim()));
		return (token) -> {
			if (token.getSubject() == null || !UserNames.isAllowed(token.getSubject())) {
				throw new InvalidBearerTokenException("The token has no subject that may be a name");
			}
			return Objects.requireNonNull(converter.convert(token));
		};
	}

	private static Collection<GrantedAuthority> roles(Jwt token, String claim) {
		List<String> roles = token.getClaimAsStringList(claim);
		return authorities((roles != null) ? roles : List.of());
	}

	/** Roles as rules compare them, in upper case. */
	private static List<GrantedAuthority> authorities(Collection<String> roles) {
		return roles.stream()
			.<GrantedAuthority>map((role) -> new SimpleGrantedAuthority("ROLE_" + role.toUpperCase(Locale.ROOT)))
			.toList();
	}

	/**
	 * Checks the times of tokens with our leeway, which is shorter than the library's.
	 */
	@Bean
	OAuth2TokenValidator<Jwt> tokenTimes(SecurityProperties properties) {
		return new JwtTimestampValidator(properties.tokenLeeway());
	}

	@Bean
	Tokens tokens(ObjectProvider<JwtDecoder> decoder, Converter<Jwt, AbstractAuthenticationToken> converter) {
		return new Tokens(decoder.getIfAvailable(), converter);
	}

	@Bean
	Logins logins(AuthenticationManager authenticationManager) {
		return new Logins(authenticationManager);
	}

	@Bean
	Tickets tickets(SecurityProperties properties, LimitsProperties limits) {
		return new Tickets(properties.ticketLife(), limits.ticketsPerUser(), Ticker.systemTicker());
	}

	/** Before every filter that might log. */
	@Bean
	FilterRegistrationBean<TicketFilter> ticketFilter() {
		FilterRegistrationBean<TicketFilter> filter = new FilterRegistrationBean<>(new TicketFilter());
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return filter;
	}

	@Bean
	Admissions admissions(LimitsProperties limits) {
		return new Admissions(limits);
	}

	@Bean
	Refusals refusals() {
		return new Refusals();
	}

	@Bean
	HandshakeGuard handshakeGuard(SecurityProperties properties, Tickets tickets, Tokens tokens, Admissions admissions,
			Refusals refusals, JsonMapper json) {
		return new HandshakeGuard(properties.allowedOrigins(), tickets, tokens, admissions, refusals, json);
	}

	@Bean
	DestinationRules destinationRules(TopicPolicies policies, ObjectProvider<AccessRule> rules) {
		return new DestinationRules(policies, rules.stream().toList());
	}

	@Bean
	InboundGuard inboundGuard(Logins logins, Tokens tokens, Tickets tickets, DestinationRules rules,
			LimitsProperties limits) {
		return new InboundGuard(logins, tokens, tickets, rules, limits);
	}

	@Bean
	SendRates sendRates(LimitsProperties limits) {
		return new SendRates(limits, Ticker.systemTicker());
	}

	/**
	 * A session's user is in the session; the user of a request with credentials stays
	 * with the request, also while it waits.
	 */
	@Bean
	SecurityContextRepository securityContextRepository() {
		return new DelegatingSecurityContextRepository(new RequestAttributeSecurityContextRepository(),
				new HttpSessionSecurityContextRepository());
	}

	@Bean
	ProblemResponses problemResponses(JsonMapper json, Refusals refusals) {
		return new ProblemResponses(json, refusals);
	}

	@Bean
	ProblemCors problemCors(ProblemResponses problems) {
		return new ProblemCors(problems);
	}

	@Bean
	SecurityFilterChain web(HttpSecurity http, SecurityContextRepository contexts, SecurityProperties properties,
			ObjectProvider<JwtDecoder> decoder, Converter<Jwt, AbstractAuthenticationToken> converter,
			ProblemResponses problems, ProblemCors cors) throws Exception {
		http.authorizeHttpRequests((requests) -> requests.requestMatchers(EndpointRequest.to("health", "info"))
			.permitAll()
			.requestMatchers(EndpointRequest.toAnyEndpoint())
			.hasRole("OPERATOR")
			.requestMatchers(HttpMethod.GET, "/api/**")
			.permitAll()
			.requestMatchers(HttpMethod.HEAD, "/api/**")
			.permitAll()
			.requestMatchers(HttpMethod.OPTIONS, "/api/**")
			.permitAll()
			// These judge for themselves: by the rule of a destination, or by the
			// credentials given.
			.requestMatchers("/api/publish", "/api/tickets", "/api/session")
			.permitAll()
			.requestMatchers("/api/**")
			.access((user, _) -> new AuthorizationDecision(!(user.get() instanceof Guest)))
			.anyRequest()
			.permitAll());
		http.anonymous((anonymous) -> anonymous.disable());
		http.addFilterAt(new GuestFilter(problems), AnonymousAuthenticationFilter.class);
		http.securityContext((context) -> context.securityContextRepository(contexts));
		http.httpBasic((basic) -> basic.authenticationEntryPoint(problems));
		if (decoder.getIfAvailable() != null) {
			http.oauth2ResourceServer((server) -> server.authenticationEntryPoint(problems)
				.jwt((jwt) -> jwt.jwtAuthenticationConverter(converter)));
		}
		http.exceptionHandling(
				(exceptions) -> exceptions.authenticationEntryPoint(problems).accessDeniedHandler(problems));
		http.csrf((csrf) -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
			.csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
			.requireCsrfProtectionMatcher(SecurityConfiguration::ridesOnCookie));
		http.addFilter(cors(properties, cors));
		http.requestCache((cache) -> cache.disable());
		http.logout((logout) -> logout.disable());
		http.headers((headers) -> headers
			.contentSecurityPolicy(
					(policy) -> policy.policyDirectives("default-src 'self'; connect-src 'self' ws: wss:; "
							+ "object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'"))
			.frameOptions((frames) -> frames.sameOrigin())
			.referrerPolicy((policy) -> policy.policy(
					org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN)));
		return http.build();
	}

	/**
	 * Whether a request could be forged by another page: it changes something and is
	 * trusted for its cookie. No page can make a browser send an Authorization header to
	 * us unless its origin is allowed.
	 */
	private static boolean ridesOnCookie(HttpServletRequest request) {
		return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
				&& (API.matches(request) || EndpointRequest.toAnyEndpoint().matches(request))
				&& request.getHeader(HttpHeaders.AUTHORIZATION) == null
				&& (request.getRequestedSessionId() != null || SESSION.matches(request));
	}

	private static CorsFilter cors(SecurityProperties properties, ProblemCors processor) {
		CorsConfiguration cors = new CorsConfiguration();
		cors.setAllowedOriginPatterns(properties.allowedOrigins());
		cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
		cors.setAllowedHeaders(List.of("Authorization", "Content-Type", "Last-Event-ID", "If-None-Match", "message-key",
				"Idempotency-Key"));
		cors.setExposedHeaders(List.of("ETag", "Location", "Retry-After"));
		cors.setAllowCredentials(false);
		UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
		source.registerCorsConfiguration("/api/**", cors);
		CorsFilter filter = new CorsFilter(source);
		filter.setCorsProcessor(processor);
		return filter;
	}

}
