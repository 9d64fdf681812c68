import type { ComponentChildren, JSX } from 'preact';
import { t } from './messages.ts';
import type { Polled } from './polled.ts';
import { Stale, Waiting } from './trouble.tsx';

/** A page of a list that is longer: how long, and what to ask for to have the next one. */
export interface Paged<After> {
  readonly total: number;
  readonly after?: After | undefined;
}

/** What is looked for, and after which one the page begins. */
export interface Place<After> {
  readonly text: string;
  readonly after: After | undefined;
}

/** A list that is read a page at a time, with a field to look for some of it. */
export function Listing<After, Page extends Paged<After>, Item>(props: {
  readonly title: string;
  readonly name: string;
  readonly label: string;
  readonly example?: string;
  readonly place: { value: Place<After> };
  readonly polled: Polled<Page>;
  readonly count: (total: number) => string;
  readonly none: string;
  readonly head: ComponentChildren;
  readonly items: (page: Page) => readonly Item[];
  readonly row: (item: Item) => JSX.Element;
  /** What else is in the card, such as dialogs. */
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { place, polled } = props;
  const page = polled.value.value;
  const items = page === undefined ? [] : props.items(page);
  return (
    <section class="card" aria-label={props.title}>
      <div class="operations-tools">
        <label class="field">
          <span>{props.label}</span>
          <input
            type="search"
            name={props.name}
            autocapitalize="none"
            spellcheck={false}
            placeholder={props.example}
            value={place.value.text}
            onInput={({ currentTarget }) => (place.value = { text: currentTarget.value, after: undefined })}
          />
        </label>
        {page !== undefined && <p class="hint">{props.count(page.total)}</p>}
      </div>
      {page === undefined ? (
        <Waiting polled={polled} />
      ) : (
        <>
          <Stale polled={polled} />
          {items.length === 0 ? (
            <p class="hint">{props.none}</p>
          ) : (
            <div class="scroll" tabindex={0} role="region" aria-label={props.title}>
              <table class="rows">
                <thead>
                  <tr>{props.head}</tr>
                </thead>
                <tbody>{items.map(props.row)}</tbody>
              </table>
            </div>
          )}
          <div class="actions">
            {place.value.after !== undefined && (
              <button type="button" class="small" onClick={() => (place.value = { ...place.value, after: undefined })}>
                {t('first')}
              </button>
            )}
            {page.after !== undefined && (
              <button type="button" class="small" onClick={() => (place.value = { ...place.value, after: page.after })}>
                {t('more')}
              </button>
            )}
          </div>
        </>
      )}
      {props.children}
    </section>
  );
}
