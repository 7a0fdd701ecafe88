// Whether a service is out of use by now; one that is retired on a later day still takes calls.
import type { ServiceShort } from "../../api/services";

export function gone(service: Pick<ServiceShort, "retired_at">, now = new Date()): boolean {
  return service.retired_at !== null && new Date(service.retired_at) <= now;
}
