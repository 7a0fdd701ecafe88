// The plan as an Excel workbook: out as a template, back in; what does not fit is told row by row.
import { Alert, App, Button, Upload } from "antd";

import { ApiError } from "../../api/client";
import { useBringPlan } from "../../api/plan";
import { DownloadOutlined, UploadOutlined } from "../../parts/icons";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { problemsOf } from "./problems";

export function Workbook({ may }: { may: boolean }) {
  const { t, language } = useWords();
  const { message } = App.useApp();
  const fault = useFault();
  const bring = useBringPlan();
  const template = `/api/v1/plan/template?language=${language}`;
  const take = (document: File): false => {
    bring.mutate(document, {
      onSuccess: (made) => void message.success(t("plan.workbook.done", { count: made.rows })),
    });
    return false;
  };
  const problems = bring.error instanceof ApiError ? problemsOf(bring.error.fault.message) : [];
  return (
    <>
      <div className="row workbook">
        <Button icon={<DownloadOutlined />} href={template} download="plan.xlsx">
          {t("plan.workbook.inForce")}
        </Button>
        <Button href={`${template}&empty=true`} download="plan.xlsx">
          {t("plan.workbook.empty")}
        </Button>
        {may && (
          <Upload accept=".xlsx" showUploadList={false} beforeUpload={take}>
            <Button type="primary" icon={<UploadOutlined />} loading={bring.isPending}>
              {t("plan.workbook.upload")}
            </Button>
          </Upload>
        )}
      </div>
      {bring.error !== null && (
        <Alert
          type="warning"
          showIcon
          title={t("plan.workbook.refused")}
          description={
            problems.length === 0 ? (
              fault(bring.error)
            ) : (
              <ul>
                {problems.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            )
          }
        />
      )}
    </>
  );
}
