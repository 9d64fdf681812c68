import { scores, type MatchState, type MatchView, type Side, type Tally, type TimelineEntry } from '@carillon/client';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { client } from '../../connection.ts';
import { timeOfDay } from '../../i18n.ts';
import { href } from '../../router.ts';
import { hasRole } from '../../session.ts';
import { Icon } from '../../shell/icons.tsx';
import { Failure, Loading } from '../../shell/states.tsx';
import { groupOf, minuteText, withChange } from './board.ts';
import { Clock } from './clock.tsx';
import { Desk, Withdraw } from './desk-view.tsx';
import { t } from './messages.ts';
import { eventSign, eventText, periodText, statusText } from './words.ts';

const SIDES: readonly Side[] = ['home', 'away'];

/** One match: how it stands, what has happened, and the desk of those who report it. */
export function Details({ match, offset }: { readonly match: string; readonly offset: number }): JSX.Element {
  const view = useSignal<MatchView | undefined>(undefined);
  const error = useSignal<unknown>(undefined);
  const attempt = useSignal(0);
  const service = client.value;

  useEffect(() => {
    const end = new AbortController();
    const { signal } = end;
    let isReading = false;
    const fail = (problem: unknown): void => {
      if (!signal.aborted) {
        error.value = problem;
      }
    };
    const read = async (): Promise<MatchView> => {
      isReading = true;
      try {
        const read = await scores(service).match(match);
        if (!signal.aborted && (view.value === undefined || read.number >= view.value.number)) {
          view.value = read;
        }
        return read;
      } finally {
        isReading = false;
      }
    };
    error.value = undefined;
    read()
      .then(({ state }) =>
        scores(service).follow(
          { sport: state.kind, match },
          (message) => {
            const next = view.value === undefined ? undefined : withChange(view.value, message);
            if (next !== undefined) {
              view.value = next;
            } else if (!isReading) {
              read().catch(fail);
            }
          },
          { signal },
        ),
      )
      .catch(fail);
    return () => end.abort();
  }, [service, match, attempt.value]);

  const back = (
    <a class="scores-back" href={href('scores')}>
      <Icon name="back" />
      {t('back')}
    </a>
  );
  if (view.value === undefined) {
    return (
      <>
        {back}
        {error.value === undefined ? (
          <Loading />
        ) : (
          <Failure title={t('match.failed')} error={error.value} retry={() => attempt.value++} />
        )}
      </>
    );
  }
  const { state, timeline } = view.value;
  return (
    <>
      {back}
      <Scoreboard state={state} offset={offset} />
      <Desk match={match} state={state} />
      <Timeline match={match} state={state} timeline={timeline} />
    </>
  );
}

function Scoreboard({ state, offset }: { readonly state: MatchState; readonly offset: number }): JSX.Element {
  const { fixture, score, winner, status, period } = state;
  const group = groupOf(status);
  const told = { home: fixture.home, away: fixture.away, homeScore: score.home, awayScore: score.away };
  return (
    <header class="scoreboard card" data-group={group}>
      <p class="match-about">
        <span>{t(`sport.${state.kind}`)}</span>
        <span class={group === 'live' ? 'match-live' : undefined}>{statusText(status, period)}</span>
      </p>
      <h2 class="unseen">{t('score.of', told)}</h2>
      <div class="scoreboard-sides" aria-hidden="true">
        {SIDES.map((side) => (
          <div key={side} class="scoreboard-side" data-side={side} data-winner={winner === side ? 'true' : undefined}>
            <span class="scoreboard-name">{fixture[side]}</span>
            <b key={score[side]} class="scoreboard-points">
              {group === 'scheduled' ? '–' : score[side]}
            </b>
          </div>
        ))}
        <span class="scoreboard-colon">:</span>
      </div>
      {group === 'live' && (
        <p class="scoreboard-clock" title={t(state.kind === 'basketball' ? 'clock.left' : 'clock.passed')}>
          <Clock state={state} offset={offset} />
        </p>
      )}
      <Parts state={state} />
    </header>
  );
}

/** What a sport has beside the score: sets and games, quarters, the shoot-out. */
function Parts({ state }: { readonly state: MatchState }): JSX.Element | null {
  const parts = partsOf(state);
  if (parts.length === 0) {
    return null;
  }
  return (
    <div class="scroll">
      <table class="parts">
        <thead>
          <tr>
            <td />
            {parts.map(({ name }) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SIDES.map((side) => (
            <tr key={side}>
              <th scope="row">
                {state.fixture[side]}
                {state['server'] === side && (
                  <span class="serves" title={t('serves')}>
                    {' '}
                    ●<span class="unseen">{t('serves')}</span>
                  </span>
                )}
              </th>
              {parts.map(({ name, points }) => (
                <td key={name} class="number">
                  {points[side]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Part {
  readonly name: string;
  readonly points: Readonly<Record<Side, string | number>>;
}

function partsOf(state: MatchState): readonly Part[] {
  switch (state.kind) {
    case 'basketball':
      return (state['periods'] as readonly Tally[]).map((points, i) => ({
        name: i < 4 ? periodText(`q${i + 1}`) : periodText(`ot${i - 3}`),
        points,
      }));
    case 'tennis': {
      const sets = (state['sets'] as readonly { readonly games: Tally }[]).map(({ games }, i) => ({
        name: periodText(`set-${i + 1}`),
        points: games,
      }));
      const game = state['game'] as Readonly<Record<Side, string>> | null;
      return game === null || state.status !== 'live' ? sets : [...sets, { name: t('game'), points: game }];
    }
    case 'soccer': {
      const shootOut = state['shootOut'] as { readonly score: Tally; readonly kicks: readonly unknown[] } | null;
      return shootOut === null || shootOut.kicks.length === 0
        ? []
        : [{ name: t('period.shoot-out'), points: shootOut.score }];
    }
  }
}

function Timeline(props: {
  readonly match: string;
  readonly state: MatchState;
  readonly timeline: readonly TimelineEntry[];
}): JSX.Element {
  const { match, state, timeline } = props;
  const isScorer = hasRole('SCORER');
  return (
    <section class="card" aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('timeline')}</h2>
      {timeline.length === 0 && <p class="hint">{t('timeline.none')}</p>}
      <ol class="timeline">
        {timeline.toReversed().map((entry) => {
          const [what, more] = eventText(entry, state.fixture);
          const { event, number, withdrawn, score } = entry;
          return (
            <li
              key={number}
              data-number={number}
              data-kind={event.kind}
              data-withdrawn={withdrawn ? 'true' : undefined}
            >
              <time class="timeline-when" dateTime={entry.at} title={timeOfDay(Date.parse(entry.at), true)}>
                {whenText(state, entry)}
              </time>
              <span
                class="timeline-sign"
                data-colour={event['color'] === 'red' || event['color'] === 'yellow' ? event['color'] : undefined}
                aria-hidden="true"
              >
                {eventSign(entry)}
              </span>
              <span class="timeline-what">
                <span>{what}</span>
                {more !== '' && <span class="timeline-more">{more}</span>}
                {withdrawn && <span class="tag">{t('withdrawn')}</span>}
              </span>
              <span class="timeline-score">
                {score.home}:{score.away}
              </span>
              {isScorer && !withdrawn && <Withdraw match={match} number={number} what={what} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function whenText({ kind, clock }: MatchState, { period, clock: at }: TimelineEntry): string {
  switch (kind) {
    case 'soccer':
      return minuteText(period, at);
    case 'basketball': {
      const left = Math.max(0, clock.end - at);
      return `${period.toUpperCase()} ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    }
    case 'tennis':
      return periodText(period);
  }
}
