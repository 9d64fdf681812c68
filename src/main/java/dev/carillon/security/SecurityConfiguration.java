package dev.carillon.security;

import java.util.List;

import dev.carillon.topic.AccessRule;
import dev.carillon.topic.TopicPolicies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Wires identity and rules.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(SecurityConfiguration.class);

	@Bean
	PasswordEncoder passwordEncoder() {
		return PasswordEncoderFactories.createDelegatingPasswordEncoder();
	}

	@Bean
	UserDetailsService userDetailsService(UserProperties properties) {
		if (properties.users().isEmpty()) {
			logger.warn("There are no users: nobody can sign in until carillon.security.users.<name>.password is set");
		}
		List<UserDetails> users = properties.users()
			.entrySet()
			.stream()
			.map((user) -> User.withUsername(user.getKey())
				.password(String.valueOf(user.getValue().password()))
				.roles(user.getValue().roles().toArray(String[]::new))
				.build())
			.toList();
		return new InMemoryUserDetailsManager(users);
	}

	@Bean
	AuthenticationManager authenticationManager(UserDetailsService users, PasswordEncoder encoder) {
		DaoAuthenticationProvider provider = new DaoAuthenticationProvider(users);
		provider.setPasswordEncoder(encoder);
		return new ProviderManager(provider);
	}

	@Bean
	DestinationRules destinationRules(TopicPolicies policies, ObjectProvider<AccessRule> rules) {
		return new DestinationRules(policies, rules.stream().toList());
	}

	@Bean
	InboundGuard inboundGuard(AuthenticationManager authenticationManager, DestinationRules rules) {
		return new InboundGuard(new Logins(authenticationManager), rules);
	}

	@Bean
	SecurityFilterChain web(HttpSecurity http) throws Exception {
		http.authorizeHttpRequests((requests) -> requests.requestMatchers(EndpointRequest.to("health", "info"))
			.permitAll()
			.requestMatchers(EndpointRequest.toAnyEndpoint())
			.hasRole("OPERATOR")
			.requestMatchers(HttpMethod.GET, "/api/**")
			.permitAll()
			.requestMatchers("/api/**")
			.authenticated()
			.anyRequest()
			.permitAll());
		http.httpBasic(Customizer.withDefaults());
		// Nothing here trusts a cookie: whoever writes says who they are with each
		// request.
		// request.
		http.csrf((csrf) -> csrf.disable());
		http.sessionManagement((sessions) -> sessions
			.sessionCreationPolicy(org.springframework.security.config.http.SessionCreationPolicy.STATELESS));
		http.requestCache((cache) -> cache.disable());
		http.logout((logout) -> logout.disable());
		return http.build();
	}

}
