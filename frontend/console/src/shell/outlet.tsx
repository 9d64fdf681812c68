import { Component, type ComponentChildren, type ComponentType, type JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { PAGES, type PageEntry, type PageProps } from '../pages.ts';
import { href, route } from '../router.ts';
import { isKnown } from '../session.ts';
import { t } from './messages.ts';
import { Empty, Loading } from './states.tsx';

/** The page that the address names. */
export function Outlet(): JSX.Element {
  const { page, segments } = route.value;
  const entry = PAGES.find(({ id }) => id === page);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = entry === undefined ? 'Carillon' : `${t(`page.${entry.id}`)} · Carillon`;
    // Who has followed a link stands at the page it leads to, also without seeing it.
    if (!isFirst.current) {
      main.current?.focus({ preventScroll: true });
    }
    isFirst.current = false;
  }, [entry]);
  return (
    <main ref={main} id="main" class="main" tabindex={-1} data-page={page}>
      {entry === undefined ? (
        <Empty icon="warning" title={t('page.unknown')}>
          <p>{t('page.unknown.more')}</p>
          <a href={href('chat')}>{t('page.chat')}</a>
        </Empty>
      ) : (
        <Fence key={entry.id}>
          <Lazy entry={entry} segments={segments} />
        </Fence>
      )}
    </main>
  );
}

const loaded = new Map<string, ComponentType<PageProps>>();

function Lazy({ entry, segments }: { readonly entry: PageEntry } & PageProps): JSX.Element {
  const [Page, setPage] = useState<ComponentType<PageProps> | undefined>(() => loaded.get(entry.id));
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    let isWanted = true;
    entry.load().then(
      (component) => {
        loaded.set(entry.id, component);
        if (isWanted) {
          setPage(() => component);
        }
      },
      () => isWanted && setFailed(true),
    );
    return () => {
      isWanted = false;
    };
  }, [entry]);
  if (Page !== undefined && isKnown.value) {
    return <Page segments={segments} />;
  }
  return hasFailed ? <Broken title={t('chunk.title')} text={t('chunk.text')} /> : <Loading />;
}

function Broken({ title, text }: { readonly title: string; readonly text: string }): JSX.Element {
  return (
    <Empty icon="warning" title={title}>
      <p>{text}</p>
      <button type="button" onClick={() => location.reload()}>
        {t('reload')}
      </button>
    </Empty>
  );
}

/** Keeps a fault in a page from taking the rest of the console with it. */
class Fence extends Component<{ readonly children: ComponentChildren }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  override componentDidCatch(error: unknown): void {
    this.setState({ hasFailed: true });
    reportError(error);
  }

  render(): ComponentChildren {
    return this.state.hasFailed ? <Broken title={t('crash.title')} text={t('crash.text')} /> : this.props.children;
  }
}
