package dev.carillon.storage;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Set;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sees to it that what was committed to a database survives the end of the process. Any
 * thread.
 * <p>
 * PostgreSQL does that by itself; H2 writes what was committed some time later and is
 * told to do it now ({@code CHECKPOINT SYNC}). Its own setting for that,
 * {@code WRITE_DELAY=0}, also stops the reuse of free space, and the file grows without
 * bound.
 * <p>
 * After a write that failed, as on a full disk, H2 keeps its file open and refuses every
 * statement from then on. All connections are then given up, so that the next one opens
 * the file anew; what was committed before is in it.
 */
public final class Durability {

	/**
	 * H2's codes for a file or a connection that is of no use any more. The pool does not
	 * know them, and takes a connection for good that was used a moment ago.
	 */
	private static final Set<Integer> BROKEN = Set.of(50000, 90028, 90030, 90031, 90067, 90098, 90121);

	private final JdbcTemplate jdbc;

	private volatile @Nullable Boolean isH2;

	public Durability(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Blocks until all that was committed is on the disk.
	 * @throws org.springframework.dao.DataAccessException if the database is away, or
	 * cannot write; then it is not known whether it is
	 */
	public void sync() {
		if (isH2()) {
			this.jdbc.execute("CHECKPOINT SYNC");
		}
	}

	/**
	 * Looks at why a statement failed; if the file or the connection is of no use any
	 * more, the next statement finds it opened anew.
	 */
	public void recover(RuntimeException failure) {
		if (!Boolean.FALSE.equals(this.isH2) && isBroken(failure)) {
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

	private boolean isH2() {
		Boolean known = this.isH2;
		if (known == null) {
			known = "H2".equals(this.jdbc.execute((ConnectionCallback<String>) (connection) -> {
				DatabaseMetaData metaData = connection.getMetaData();
				return metaData.getDatabaseProductName();
			}));
			this.isH2 = known;
		}
		return known;
	}

}
