package dev.carillon.scores;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How scores are kept.
 *
 * @param storage where matches are kept: in the database, so that they survive a restart,
 * or in memory
 * @param maxMatches how many matches there may be; further ones are refused
 * @param maxEvents how many events and withdrawals a match may have
 * @param keepFinished how long a finished match is kept; older ones go when a match is
 * created
 * @param simulator the simulated matches
 */
@Validated
@ConfigurationProperties("carillon.scores")
record ScoresProperties(@DefaultValue("database") Storage storage,
		@DefaultValue("10000") @Min(1) @Max(1_000_000) int maxMatches,
		@DefaultValue("2000") @Min(1) @Max(100_000) int maxEvents,
		@DefaultValue("90d") @DurationMin(minutes = 1) Duration keepFinished,
		@DefaultValue @Valid SimulatorProperties simulator) {

	/** Where matches are kept. */
	enum Storage {

		DATABASE, MEMORY

	}

	/**
	 * How matches are simulated.
	 *
	 * @param enabled whether matches are simulated
	 * @param seed decides who plays and what happens; the same seed plays the same
	 * matches
	 * @param speed how many seconds of a match pass in a second
	 * @param matches how many matches of each sport are played at the same time
	 * @param keep how many finished simulated matches of each sport are kept
	 */
	record SimulatorProperties(@DefaultValue("true") boolean enabled, @DefaultValue("1") long seed,
			@DefaultValue("20") @DecimalMin("0.1") @DecimalMax("1000") double speed,
			@DefaultValue("2") @Min(0) @Max(100) int matches, @DefaultValue("3") @Min(0) @Max(1000) int keep) {
	}

}
