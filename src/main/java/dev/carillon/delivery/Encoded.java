package dev.carillon.delivery;

/**
 * Bytes ready for a sink: one frame, or several in a row.
 *
 * @param bytes the bytes, which nobody changes any more and several sessions may share
 * @param binary whether they are not UTF-8, so that they cannot travel as text
 */
public record Encoded(byte[] bytes, boolean binary) {

	/**
	 * Several in a row as one; binary if one of them is.
	 */
	static Encoded concat(Iterable<Encoded> parts, int size) {
		byte[] bytes = new byte[size];
		boolean binary = false;
		int at = 0;
		for (Encoded part : parts) {
			System.arraycopy(part.bytes, 0, bytes, at, part.bytes.length);
			at += part.bytes.length;
			binary |= part.binary;
		}
		return new Encoded(bytes, binary);
	}

}
