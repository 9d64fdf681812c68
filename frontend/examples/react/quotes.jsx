import { createClient, stocks } from '@carillon/client';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

const client = createClient({ url: 'http://localhost:8080' });

/** The newest quotes by symbol; the subscription lives as long as the component. */
function useQuotes(symbols) {
  const [quotes, setQuotes] = useState({});
  useEffect(() => {
    const end = new AbortController();
    stocks(client)
      .watch(symbols, (quote) => setQuotes((all) => ({ ...all, [quote.symbol]: quote })), { signal: end.signal })
      .catch((error) => end.signal.aborted || reportError(error));
    return () => end.abort();
  }, [symbols.join()]);
  return quotes;
}

function Quotes({ symbols }) {
  const quotes = useQuotes(symbols);
  return (
    <ul>
      {symbols.map((symbol) => (
        <li key={symbol} id={symbol}>
          {symbol} {quotes[symbol]?.price ?? '…'}
        </li>
      ))}
    </ul>
  );
}

client.connect().catch(reportError);
createRoot(document.getElementById('app')).render(<Quotes symbols={['AAPL', 'MSFT', 'NVDA']} />);
