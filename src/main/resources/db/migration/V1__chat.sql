-- The chat: rooms, who may do what in them, messages, direct messages and how far everybody has read.
-- Plain SQL that H2 and PostgreSQL both understand. Times are milliseconds since 1970. PostgreSQL counts the length of a
-- varchar in code points, H2 in UTF-16 units, hence twice the limit that the service enforces.

create table chat_room (
	name varchar(40) primary key,
	description varchar(1000) not null,
	access varchar(10) not null,
	slow_seconds integer not null,
	created_by varchar(255),
	created_at bigint not null,
	-- Counts the changes of the room, its members and its mutes, so that a node notices what another one changed.
	version bigint not null
);

create table chat_member (
	room varchar(40) not null references chat_room (name),
	username varchar(255) not null,
	rank varchar(10) not null,
	since bigint not null,
	primary key (room, username)
);

create table chat_mute (
	room varchar(40) not null references chat_room (name),
	username varchar(255) not null,
	muted_until bigint not null,
	muted_by varchar(255) not null,
	primary key (room, username)
);

create table chat_message (
	id bigint generated always as identity primary key,
	room varchar(40) not null references chat_room (name),
	sender varchar(255) not null,
	-- Null once the message is deleted.
	content varchar(8000),
	-- The text as search compares it: case and composition folded, which may lengthen it.
	folded varchar(32000),
	sent_at bigint not null,
	reply_to bigint references chat_message (id),
	edited_at bigint,
	deleted_at bigint,
	message_key varchar(128)
);

create index chat_message_by_room on chat_message (room, id);

-- Null keys are not equal to each other, so messages without a key do not collide.
create unique index chat_message_by_key on chat_message (sender, message_key);

create table chat_reaction (
	message bigint not null references chat_message (id),
	emoji varchar(64) not null,
	username varchar(255) not null,
	reacted_at bigint not null,
	primary key (message, emoji, username)
);

create table chat_read (
	username varchar(255) not null,
	room varchar(40) not null references chat_room (name),
	last_read bigint not null,
	primary key (username, room)
);

create table chat_direct (
	id bigint generated always as identity primary key,
	sender varchar(255) not null,
	recipient varchar(255) not null,
	-- The two parties in the order of their names, which names the conversation.
	first_party varchar(255) not null,
	second_party varchar(255) not null,
	content varchar(8000) not null,
	sent_at bigint not null,
	message_key varchar(128)
);

create index chat_direct_by_parties on chat_direct (first_party, second_party, id);

create unique index chat_direct_by_key on chat_direct (sender, message_key);

insert into chat_room (name, description, access, slow_seconds, created_at, version)
values ('general', 'For everything that concerns everybody', 'public', 0, 0, 1),
	('random', 'For everything else', 'public', 0, 0, 1);
