import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { reading } from '../src/api/read.ts'
import { session } from '../src/api/session.ts'
import { startI18n } from '../src/i18n/i18n.ts'
import { CommandButton } from '../src/parts/act.tsx'
import { CommandForm } from '../src/parts/command-form/command-form.tsx'
import '../src/styles/tokens.css'
import '../src/styles/base.css'
import '../src/styles/forms.css'

/** Two forms as a page would use them: one that begins something, one that changes what was seen. */
const Proposing = () => (
  <CommandForm
    command="proposeActivity"
    given={{ unit: 'north-su-tea', openTo: 'campus' }}
    initial={initial}
    timeZone="Asia/Shanghai"
    submit="Propose"
    onDone={({ id }) => {
      location.hash = id
    }}
  />
)
const initial = { startsAt: '2027-03-01T06:00:00.000Z' }

const Raising = ({ id }: { id: string }) => {
  const seen = useQuery(reading('/activities/{id}', { path: { id } }))
  if (!seen.data) return null
  const { version, state } = seen.data
  return (
    <>
      <p>{`version ${version}`}</p>
      <CommandForm
        command="raiseBudget"
        path={{ id }}
        seen={{ version, state }}
        timeZone="Asia/Shanghai"
        submit="Raise"
        onDone={() => {
          location.hash = 'raised'
        }}
      />
      <CommandButton command="approveActivity" unit="north-su-tea" given={{ path: { id }, body: {} }}>
        Approve
      </CommandButton>
    </>
  )
}

const client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: false } } })
const id = new URLSearchParams(location.search).get('activity')
await Promise.all([startI18n(), client.prefetchQuery(session)])
createRoot(document.getElementById('root') as HTMLElement).render(
  <QueryClientProvider client={client}>
    <main>
      <h1>Form</h1>
      {id === null ? <Proposing /> : <Raising id={id} />}
    </main>
  </QueryClientProvider>,
)
