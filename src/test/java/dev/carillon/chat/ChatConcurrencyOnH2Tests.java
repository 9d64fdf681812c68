package dev.carillon.chat;

class ChatConcurrencyOnH2Tests extends ChatConcurrencyContract {

	ChatConcurrencyOnH2Tests() {
		super(TestDatabase.H2);
	}

}
