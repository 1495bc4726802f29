import { type ReactNode, Suspense, useState } from 'react'
import { Loading } from '../../parts/states.tsx'

/** What is read before one decides, in the place where one decides: loaded when it is opened. */
export const Unfolded = ({ label, children }: { label: string; children: ReactNode }) => {
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      {isOpen && <Suspense fallback={<Loading />}>{children}</Suspense>}
    </details>
  )
}
