package dev.carillon.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What a client's address counts as: an IPv4 address for itself, an IPv6 address for its
 * /64 network, of which one host has all.
 */
public final class Addresses {

	private Addresses() {
	}

	/**
	 * What to count an address as.
	 * @param address the text of an address, perhaps in brackets
	 */
	public static String groupOf(String address) {
		String bare = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
		try {
			InetAddress literal = InetAddress.ofLiteral(bare);
			return (literal instanceof Inet6Address six) ? network(six) : literal.getHostAddress();
		}
		catch (IllegalArgumentException _) {
			return bare;
		}
	}

	private static String network(Inet6Address address) {
		ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
		return "%x:%x:%x:%x::".formatted(bytes.getChar(0) & 0xFFFF, bytes.getChar(2) & 0xFFFF,
				bytes.getChar(4) & 0xFFFF, bytes.getChar(6) & 0xFFFF);
	}

}
