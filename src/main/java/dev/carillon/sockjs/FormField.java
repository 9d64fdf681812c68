package dev.carillon.sockjs;

import java.io.IOException;
import java.io.InputStream;

/**
 * The value of the only field of a form, unescaped while it is read
 * (application/x-www-form-urlencoded).
 */
final class FormField extends InputStream {

	private final InputStream form;

	private boolean ended;

	/**
	 * A field.
	 * @param form the body of the request, which begins with the name of the field and an
	 * equals sign; otherwise there is no value
	 */
	FormField(InputStream form, String name) throws IOException {
		boolean named = true;
		for (int i = 0; i < name.length() && named; i++) {
			named = form.read() == name.charAt(i);
		}
		this.form = (named && form.read() == '=') ? form : InputStream.nullInputStream();
	}

	@Override
	public int read() throws IOException {
		int b = this.ended ? -1 : this.form.read();
		this.ended = b < 0 || b == '&';
		return switch (b) {
			case '&' -> -1;
			case '+' -> ' ';
			case '%' -> digit() << 4 | digit();
			default -> b;
		};
	}

	private int digit() throws IOException {
		int digit = Character.digit(this.form.read(), 16);
		if (digit < 0) {
			throw new Messages.Malformed("Broken form encoding.");
		}
		return digit;
	}

	@Override
	public int read(byte[] buffer, int from, int length) throws IOException {
		int count = 0;
		int b;
		while (count < length && (b = read()) >= 0) {
			buffer[from + count++] = (byte) b;
		}
		return (count == 0 && length > 0) ? -1 : count;
	}

}
