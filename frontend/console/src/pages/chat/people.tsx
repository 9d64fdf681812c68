import { chat, type Rank } from '@carillon/client';
import type { JSX } from 'preact';
import { client, connection } from '../../connection.ts';
import { navigate } from '../../router.ts';
import { Popover } from '../../shell/popover.tsx';
import { complain, notify } from '../../toasts.ts';
import { Avatar } from './avatar.tsx';
import type { RoomConversation } from './conversation.ts';
import { t } from './messages.ts';

const MUTES = [10, 60];

/** Who is here, and who else belongs here. */
export function People(props: {
  readonly room: RoomConversation;
  readonly user: string;
  readonly isGuest: boolean;
  readonly isModerator: boolean;
}): JSX.Element {
  const { room } = props;
  const attendance = room.attendance.value;
  const members = room.details.value?.members ?? {};
  const here = attendance?.users ?? [];
  const away = Object.keys(members)
    .filter((name) => !here.includes(name))
    .sort();
  return (
    <div class="people" data-old={connection.value.state !== 'connected' || undefined}>
      <h2>{t('people.here')}</h2>
      {attendance?.exact === false && <p class="hint">{t('people.crowd', { count: attendance.count })}</p>}
      <ul>
        {here.map((name) => (
          <Person key={name} {...props} name={name} rank={members[name]} isHere />
        ))}
      </ul>
      {attendance !== undefined && attendance.guests > 0 && (
        <p class="hint">{t('people.guests', { count: attendance.guests })}</p>
      )}
      {away.length > 0 && (
        <>
          <h2>{t('people.members')}</h2>
          <ul>
            {away.map((name) => (
              <Person key={name} {...props} name={name} rank={members[name]} isHere={false} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Person(props: {
  readonly room: RoomConversation;
  readonly user: string;
  readonly isGuest: boolean;
  readonly isModerator: boolean;
  readonly name: string;
  readonly rank: Rank | undefined;
  readonly isHere: boolean;
}): JSX.Element {
  const { name, rank, room } = props;
  const isSelf = name === props.user;
  const face = (
    <>
      <Avatar name={name} size="small" />
      <span class="person-name">{name}</span>
      {isSelf && <span class="tag">{t('people.you')}</span>}
      {rank !== undefined && rank !== 'member' && <span class="tag">{t(`rank.${rank}`)}</span>}
      {!props.isHere && <span class="unseen">{t('people.away')}</span>}
    </>
  );
  if (isSelf || props.isGuest) {
    return (
      <li class="person" data-here={props.isHere}>
        <span class="person-face">{face}</span>
      </li>
    );
  }
  const desk = chat(client.value).room(room.name);
  const change = (shut: () => void, done: Promise<unknown>, message: string): void => {
    shut();
    done
      .then(() => {
        notify('good', message);
        return room.refresh();
      })
      .catch(complain);
  };
  return (
    <li class="person" data-here={props.isHere}>
      <Popover class="quiet person-face" label={t('people.of', { name })} face={face}>
        {(shut) => (
          <>
            <button type="button" onClick={() => navigate('chat', `@${name}`)}>
              {t('people.write', { name })}
            </button>
            {props.isModerator && (
              <>
                {MUTES.map((minutes) => (
                  <button
                    key={minutes}
                    type="button"
                    onClick={() => change(shut, desk.mute(name, minutes * 60), t('people.muted', { name, minutes }))}
                  >
                    {t('people.mute', { minutes })}
                  </button>
                ))}
                <button type="button" onClick={() => change(shut, desk.mute(name, 0), t('people.unmuted', { name }))}>
                  {t('people.unmute')}
                </button>
                {rank !== undefined && (
                  <button
                    type="button"
                    class="danger"
                    onClick={() => change(shut, desk.removeMember(name), t('people.removed', { name }))}
                  >
                    {t('people.remove')}
                  </button>
                )}
              </>
            )}
          </>
        )}
      </Popover>
    </li>
  );
}
