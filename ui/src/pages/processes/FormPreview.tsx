// The form of an activity as people get it, empty: to be looked at and tried, never sent.
import { useState } from "react";

import { useForm } from "../../api/hooks";
import { FormView } from "../../forms/FormView";
import type { FormSchema, Values } from "../../forms/schema";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import "./design.css";

export function FormPreview({ form }: { form: string }) {
  const { t } = useWords();
  const [values, setValues] = useState<Values>({});
  const schema = useForm(form);
  return (
    <details className="form-preview">
      <summary>{t("processes.form")}</summary>
      <Loaded query={schema}>
        {(data) => <FormView schema={data as unknown as FormSchema} values={values} onChange={setValues} />}
      </Loaded>
    </details>
  );
}
