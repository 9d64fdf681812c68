package dev.carillon.chat;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.validation.annotation.Validated;

import static java.time.temporal.ChronoUnit.MILLIS;

/**
 * How the chat is run.
 *
 * @param queue how many messages may wait to be stored; more are refused
 * @param batch how many changes share one transaction at most
 * @param acceptTimeout how long a sender waits for a message to be stored
 * @param retryPause after a failure of the database, how long messages are refused at
 * once before the next attempt
 * @param refresh how often changes to rooms that another node made are looked for, and
 * how often a database that was away at the start is tried again
 * @param concurrentReads how many requests may read from the database at the same time;
 * less than the size of the connection pool
 * @param rooms how many rooms there may be
 * @param roomsPerUser how many rooms one user may create
 * @param membersPerRoom how many members one room may have
 * @param searchDepth how many of a room's messages one search looks at
 */
@Validated
@ConfigurationProperties(prefix = "carillon.chat")
record ChatProperties(@DefaultValue("10000") @Min(1) int queue, @DefaultValue("500") @Min(1) @Max(10_000) int batch,
		@DefaultValue("5s") @DurationUnit(MILLIS) Duration acceptTimeout,
		@DefaultValue("500ms") @DurationUnit(MILLIS) Duration retryPause,
		@DefaultValue("2s") @DurationUnit(MILLIS) Duration refresh, @DefaultValue("6") @Min(1) int concurrentReads,
		@DefaultValue("1000") @Min(2) int rooms, @DefaultValue("20") @Min(0) int roomsPerUser,
		@DefaultValue("1000") @Min(1) int membersPerRoom, @DefaultValue("50000") @Min(1) int searchDepth) {

	ChatProperties {
		requirePositive("accept-timeout", acceptTimeout);
		requirePositive("retry-pause", retryPause);
		requirePositive("refresh", refresh);
	}

	private static void requirePositive(String key, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException("carillon.chat." + key + " must be above 0");
		}
	}

}
