import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { isHere } from './api/here.ts'
import { openActivities } from './api/open-activities.ts'
import { Problem } from './api/problem.ts'
import { me, session } from './api/session.ts'
import { startI18n } from './i18n/i18n.ts'
import { applyTheme } from './parts/theme.ts'
import { preloadPage, routerOf } from './router.tsx'
import './styles/tokens.css'
import './styles/base.css'
import './styles/forms.css'
import './styles/tiles.css'
import './styles/frame.css'

applyTheme()
const words = startI18n()

// A refusal stays one however often it is asked; what did not arrive may arrive next time.
const mayHelp = (error: unknown): boolean => error instanceof Problem && (error.status === 0 || error.status >= 500)
const client = new QueryClient({ defaultOptions: { queries: { retry: (count, error) => count < 2 && mayHelp(error) } } })
// Who somebody is and the words are on their way together.
void client.prefetchQuery(session)
// What early.ts has asked for is there when the first page is drawn.
if (location.pathname === '/' && isHere()) {
  void client.prefetchQuery(me)
  void client.prefetchInfiniteQuery(openActivities)
}
const router = routerOf(client)
// So is the page's code: it need not wait for either.
preloadPage(router)
await words

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
