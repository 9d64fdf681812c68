package dev.carillon.support;

import java.nio.file.Path;
import java.sql.SQLException;

import org.h2.tools.Server;

/**
 * A database as a server of its own, which can go away and come back.
 */
public final class DatabaseServer implements AutoCloseable {

	private final Path directory;

	private final int port;

	private Server server;

	/**
	 * Starts it on a port of its own.
	 * @param directory where its files are
	 */
	public DatabaseServer(Path directory) {
		this.directory = directory;
		this.server = start(0);
		this.port = this.server.getPort();
	}

	private Server start(int wanted) {
		try {
			return Server
				.createTcpServer("-tcpPort", Integer.toString(wanted), "-baseDir", this.directory.toString(),
						"-ifNotExists")
				.start();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The URL for JDBC. */
	public String url() {
		return "jdbc:h2:tcp://localhost:" + this.port + "/./carillon;DB_CLOSE_ON_EXIT=FALSE";
	}

	/** Starts it again, where it was. */
	public void comeBack() {
		this.server = start(this.port);
	}

	/** Stops it, with all connections. */
	@Override
	public void close() {
		this.server.stop();
	}

}
