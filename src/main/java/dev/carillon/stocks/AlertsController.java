package dev.carillon.stocks;

import java.util.List;

import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;

/**
 * Price alerts over STOMP. What happens to them is told to {@code /user/queue/alerts}.
 */
@Controller
class AlertsController {

	private final Alerts alerts;

	AlertsController(Alerts alerts) {
		this.alerts = alerts;
	}

	/**
	 * A wish to be told of a price.
	 *
	 * @param symbol whose price
	 * @param direction {@code above} or {@code below}
	 * @param price the price; taken as text so that it stays exact and its refusal can
	 * name it
	 */
	record Wish(@Nullable String symbol, @Nullable String direction, @Nullable String price) {
	}

	/**
	 * Which alert is meant.
	 *
	 * @param id the alert's id
	 */
	record Which(@Nullable String id) {
	}

	@MessageMapping("stocks.alerts.add")
	void add(@Payload Wish wish, Authentication user) {
		this.alerts.add(name(user), wish.symbol(), wish.direction(), wish.price());
	}

	@MessageMapping("stocks.alerts.remove")
	void remove(@Payload Which which, Authentication user) {
		this.alerts.remove(name(user), which.id());
	}

	@SubscribeMapping("stocks.alerts")
	List<Alert> list(Authentication user) {
		return this.alerts.of(name(user));
	}

	private static String name(@Nullable Authentication user) {
		if (user == null || user.getAuthorities()
			.stream()
			.anyMatch((authority) -> "ROLE_GUEST".equals(authority.getAuthority()))) {
			throw new Refusal(Refusal.Code.ACCESS_DENIED, "Price alerts are for users who have signed in");
		}
		return user.getName();
	}

}
