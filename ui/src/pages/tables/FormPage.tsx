// A form of a table: a page of its own on which somebody signed in adds a row.
import { Alert, Button, Form, Result } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";

import { type Cells, type TableHead, usePut, useTable } from "../../api/tables";
import { Loaded } from "../../parts/Loaded";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { filledIn, RowFields } from "./RowFields";
import "./tables.css";

export default function FormPage() {
  const { sheet = "", form = "" } = useParams();
  const table = useTable(sheet);
  return (
    <main className="page form-page">
      <Loaded query={table}>{(head) => <OneForm head={head} name={form} />}</Loaded>
    </main>
  );
}

function OneForm({ head, name }: { head: TableHead; name: string }) {
  const { t, said } = useWords();
  const fault = useFault();
  const put = usePut(head.sheet);
  const [done, setDone] = useState(false);
  const form = head.views.find((one) => one.form && one.name === name);
  if (form === undefined)
    return (
      <Result status="404" title={t("tables.noForm")} extra={<Link to="/tables">{t("tables.back")}</Link>} />
    );
  if (done)
    return (
      <Result
        status="success"
        title={t("tables.sent")}
        extra={<Button onClick={() => setDone(false)}>{t("tables.another")}</Button>}
      />
    );
  const wanted = form.fields;
  const fields = wanted.length > 0 ? head.fields.filter((one) => wanted.includes(one.name)) : head.fields;
  return (
    <>
      <h1>{said(form.name)}</h1>
      {form.note !== "" && <p className="form-note">{form.note}</p>}
      {put.error !== null && <Alert type="warning" showIcon title={fault(put.error)} />}
      <Form<Cells>
        className="panel"
        layout="vertical"
        onFinish={(given) =>
          put.mutate({ rows: [filledIn(given)], keys: [] }, { onSuccess: () => setDone(true) })
        }
      >
        <RowFields fields={fields} />
        <Button type="primary" htmlType="submit" loading={put.isPending}>
          {t("tables.send")}
        </Button>
      </Form>
    </>
  );
}
