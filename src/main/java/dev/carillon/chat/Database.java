package dev.carillon.chat;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.carillon.topic.Refusal;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The way to the database: how much may go on at once, what survives, and what a client
 * hears when it is away.
 * <p>
 * A change is on the disk when {@link #commit} returns. PostgreSQL sees to that by
 * itself; H2 writes what was committed some time later and is told to do it now
 * ({@code CHECKPOINT SYNC}). Its own setting for that, {@code WRITE_DELAY=0}, also stops
 * the reuse of free space, and the file grows without bound.
 * <p>
 * After a write that failed, as on a full disk, H2 keeps its file open and refuses every
 * statement from then on. All connections are then given up, so that the next one opens
 * the file anew; what was committed before is in it.
 */
final class Database {

	private static final int H2_LOCK_TIMEOUT = 50200;

	/** H2's codes for a database whose file is of no use any more. */
	private static final Set<Integer> BROKEN = Set.of(50000, 90028, 90030, 90031, 90098);

	private final JdbcTemplate jdbc;

	private final TransactionOperations transactions;

	private final Semaphore readers;

	private final Duration patience;

	private volatile @Nullable Boolean flushes;

	/**
	 * The way to one database.
	 * @param concurrentReads how many may read at once, so that a connection is left for
	 * the writer
	 * @param patience how long a reader waits for its turn
	 */
	Database(JdbcTemplate jdbc, TransactionOperations transactions, int concurrentReads, Duration patience) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.readers = new Semaphore(concurrentReads);
		this.patience = patience;
	}

	/**
	 * Reads. Blocks until a connection is free and the database has answered.
	 * @throws Refusal if the database is away or busy
	 */
	<T> T read(Supplier<T> query) {
		boolean admitted = false;
		try {
			admitted = this.readers.tryAcquire(this.patience.toMillis(), TimeUnit.MILLISECONDS);
			if (!admitted) {
				throw unavailable();
			}
			return query.get();
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			throw unavailable();
		}
		catch (DataAccessException | TransactionException ex) {
			reopenIfBroken(ex);
			throw unavailable();
		}
		finally {
			if (admitted) {
				this.readers.release();
			}
		}
	}

	/**
	 * Runs one transaction. Blocks until it is on the disk.
	 * @throws Refusal if the database is away, if what was changed has meanwhile been
	 * changed by somebody else, or thrown by the work itself; then nothing is changed
	 */
	<T> T write(Supplier<T> work) {
		try {
			return commit(work);
		}
		catch (DataIntegrityViolationException _) {
			throw new Refusal(Refusal.Code.CONFLICT, "Somebody else changed the same at this moment; try again");
		}
		catch (DataAccessException | TransactionException _) {
			throw unavailable();
		}
	}

	/**
	 * Runs one transaction. Blocks until it is on the disk; what goes wrong is thrown as
	 * it is.
	 */
	<T> T commit(Supplier<T> work) {
		try {
			T result = execute(work);
			if (flushes()) {
				this.jdbc.execute("CHECKPOINT SYNC");
			}
			return result;
		}
		catch (DataAccessException | TransactionException ex) {
			reopenIfBroken(ex);
			throw ex;
		}
	}

	private void reopenIfBroken(RuntimeException failure) {
		if (Boolean.TRUE.equals(this.flushes) && isBroken(failure)) {
			reopen();
		}
	}

	private static boolean isBroken(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException known) {
				return BROKEN.contains(known.getErrorCode());
			}
		}
		return false;
	}

	/** H2 closes its file when the last connection goes. */
	private void reopen() {
		try {
			DataSource pool = this.jdbc.getDataSource();
			if (pool != null && pool.isWrapperFor(HikariDataSource.class)) {
				pool.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("A pool does not say what it is", ex);
		}
	}

	/**
	 * H2 says of two transactions that wait for each other no more than that a lock was
	 * not to be had in time.
	 */
	private <T> T execute(Supplier<T> work) {
		try {
			return this.transactions.execute((_) -> work.get());
		}
		catch (QueryTimeoutException ex) {
			if (ex.getRootCause() instanceof SQLException cause && cause.getErrorCode() == H2_LOCK_TIMEOUT) {
				throw new CannotAcquireLockException("A lock was not to be had in time", ex);
			}
			throw ex;
		}
	}

	private boolean flushes() {
		Boolean known = this.flushes;
		if (known == null) {
			known = "H2".equals(this.jdbc.execute((ConnectionCallback<String>) (connection) -> {
				DatabaseMetaData metaData = connection.getMetaData();
				return metaData.getDatabaseProductName();
			}));
			this.flushes = known;
		}
		return known;
	}

	static Refusal unavailable() {
		return new Refusal(Refusal.Code.UNAVAILABLE,
				"The chat cannot reach its database at the moment; try again shortly");
	}

}
